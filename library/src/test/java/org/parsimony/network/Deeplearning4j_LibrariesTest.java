package org.parsimony.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.deeplearning4j.util.CrashReportingUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.common.util.ArchiveUtils;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Deeplearning4j works with the libraries that were raised beneath it: commons-compress, commons-io, and JNA, which it
 * meets where it unpacks archives and where it asks the machine for its memory (through OSHI).
 */
class Deeplearning4j_LibrariesTest {

    @TempDir
    Path folder;

    @Test
    void archivesAreUnpacked() throws Exception {
        byte[] text = "hello".getBytes(StandardCharsets.US_ASCII);
        Path tar = folder.resolve("a.tar.gz");
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(tar)))) {
            TarArchiveEntry entry = new TarArchiveEntry("text");
            entry.setSize(text.length);
            out.putArchiveEntry(entry);
            out.write(text);
            out.closeArchiveEntry();
        }
        assertEquals(List.of("text"), ArchiveUtils.tarGzListFiles(tar.toFile()));
        File to = folder.resolve("out").toFile();
        assertTrue(to.mkdir());
        ArchiveUtils.unzipFileTo(tar.toString(), to.toString(), false);
        assertEquals("hello", Files.readString(to.toPath().resolve("text")));
    }

    @Test
    void theMachineIsAskedForItsMemory() {
        Model model = Architectures.mlp("3-2-2", 1);
        String report = CrashReportingUtil.generateMemoryStatus(
                model.network(), 4, org.deeplearning4j.nn.conf.inputs.InputType.feedForward(3));
        assertTrue(report.matches("(?s).*CPU Cores - Physical +[1-9].*Total System Memory +[0-9.]+ .*"), report);
    }

    @Test
    void configurationsAreRead() throws Exception {
        Model model = Architectures.mlp("3-2-2", 1);
        Path zip = folder.resolve("net.zip");
        model.save(zip);
        assertEquals(
                model.network().output(Nd4j.ones(1, 3)),
                Model.read(zip).network().output(Nd4j.ones(1, 3)));
    }
}
