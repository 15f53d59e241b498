package org.parsimony.notebook.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the kernel's JVM runs, and why. */
final class JvmOptions {

    private JvmOptions() {}

    /**
     * The options of {@code java}.
     *
     * @param feature the JDK's version, 17 or later
     * @param archive the class data archive to start from; need not exist
     */
    static List<String> of(int feature, Path archive) {
        List<String> options = new ArrayList<>();
        // Heap and, by JavaCPP's default, as much native memory again: together they leave a fifth of the machine.
        options.add("-XX:MaxRAMPercentage=40");
        // Else JavaCPP asks the operating system for this process's memory at every allocation.
        options.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
        // Takes less processor time from start to first cell than the default collector.
        options.add("-XX:+UseParallelGC");
        options.add("-Djava.awt.headless=true");
        options.add("-Dfile.encoding=UTF-8");
        options.add("-XX:SharedArchiveFile=" + archive);
        options.add("-Xshare:auto");
        // A stale archive is ignored in silence; native access is granted by the jar's manifest.
        options.add("-Xlog:disable");
        if (feature >= 23) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }

    /**
     * The environment: native libraries read it when they load, so a running JVM comes too late to set it. It is that of
     * this machine's processor.
     */
    static Map<String, String> environment() {
        Path processor = Path.of("/proc/cpuinfo");
        try {
            return environment(Files.isReadable(processor) ? Files.readString(processor) : "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + processor, e);
        }
    }

    /** The environment on a processor that Linux describes like this. */
    static Map<String, String> environment(String processor) {
        Map<String, String> environment = new TreeMap<>();
        // ND4J's own threads and those of OpenBLAS spin for the same cores; one each is several times faster.
        environment.put("OMP_NUM_THREADS", "1");
        environment.put("OPENBLAS_NUM_THREADS", "1");
        // OpenBLAS 0.3.19 takes processors of AMD that have AVX-512 for older ones that do not.
        if (processor.contains(" avx512dq") && processor.contains(" avx512vl")) {
            environment.put("OPENBLAS_CORETYPE", "SkylakeX");
        }
        return environment;
    }
}
