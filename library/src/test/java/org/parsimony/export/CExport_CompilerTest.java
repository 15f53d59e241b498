package org.parsimony.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.data.Samples;
import org.parsimony.export.ExportNets.Net;
import org.parsimony.export.c.CExport;

/** Headers compile as C99 without a warning, and compute what the networks compute here. */
class CExport_CompilerTest {

    private static final int N = 3;
    private static final double TOLERANCE = 1e-4;
    private static final String CASE =
            """
            case @:
                for (i = 0; i < SAMPLES; i++) {
                    static float x[N@_INPUTS], y[N@_OUTPUTS];
                    if (fread(x, sizeof(float), N@_INPUTS, stdin) != N@_INPUTS) {
                        return 1;
                    }
                    n@_predict(x, y);
                    fwrite(y, sizeof(float), N@_OUTPUTS, stdout);
                }
                break;
            """;

    @TempDir
    Path folder;

    /** All headers in one program, which says by number what each network says of samples. */
    @Test
    void everyHeaderComputesTheSame() throws Exception {
        String compiler = compiler();
        assumeTrue(compiler != null, "no C compiler");
        List<Net> nets = new ArrayList<>();
        for (Net net : ExportNets.all()) {
            boolean large = net.model().net().parameters() > 100_000; // as text they take the compiler long
            if (!large) {
                nets.add(net);
            }
            nets.add(net.with(ExportNets.compressed(net.model(), 12)));
        }
        StringBuilder program =
                new StringBuilder("#include <stdio.h>\n#include <stdlib.h>\n#define SAMPLES " + N + "\n");
        StringBuilder cases = new StringBuilder();
        for (int n = 0; n < nets.size(); n++) {
            Net net = nets.get(n);
            Exports.write(net.model(), folder.resolve("n" + n + ".h"), new Exports.Options().shape(net.shape()));
            program.append("#include \"n").append(n).append(".h\"\n");
            cases.append(CASE.replace("@", Integer.toString(n)));
        }
        program.append("int main(int argc, char **argv) { int i; if (argc != 2) return 2; switch (atoi(argv[1])) {\n");
        program.append(cases).append("default: return 3; } return 0; }\n");
        Files.writeString(folder.resolve("main.c"), program);
        String warnings = run(
                List.of(
                        compiler,
                        "-std=c99",
                        "-Wall",
                        "-Wextra",
                        "-pedantic",
                        "-Werror",
                        "-O1",
                        "-o",
                        "all",
                        "main.c",
                        "-lm"),
                new byte[0],
                "warnings");
        assertEquals("", warnings);
        for (int n = 0; n < nets.size(); n++) {
            Net net = nets.get(n);
            Samples samples = ExportNets.samples(net, N);
            ByteBuffer x = ByteBuffer.allocate(4 * samples.features().length).order(ByteOrder.nativeOrder());
            for (float value : samples.features()) {
                x.putFloat(value);
            }
            run(List.of(folder.resolve("all").toString(), "" + n), x.array(), "output");
            ByteBuffer y = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("output")))
                    .order(ByteOrder.nativeOrder());
            float[] theirs = new float[y.remaining() / 4];
            y.asFloatBuffer().get(theirs);
            double distance = ExportNets.distance(ExportNets.outputs(net.model(), samples), theirs);
            assertTrue(distance < TOLERANCE, net + ", " + n + ": outputs differ by " + distance);
        }
    }

    @Test
    void theDecoderHasFewerThanThreeHundredLines() throws IOException {
        try (var in = CExport.class.getResourceAsStream("runtime.h")) {
            assertTrue(new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                            .lines()
                            .count()
                    < 300);
        }
    }

    private static String compiler() {
        for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator)) {
            for (String name : List.of("cc", "gcc", "clang")) {
                Path file = Path.of(folder, name);
                if (Files.isExecutable(file)) {
                    return file.toString();
                }
            }
        }
        return null;
    }

    /** Runs a command in the folder and gives what it printed, which also is in a file of this name. */
    private String run(List<String> command, byte[] input, String output) throws Exception {
        Path in = Files.write(folder.resolve("input"), input);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(folder.resolve(output).toFile())
                .redirectErrorStream(true)
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), command + " goes on");
        String printed = new String(Files.readAllBytes(folder.resolve(output)), StandardCharsets.ISO_8859_1);
        assertEquals(0, process.exitValue(), printed);
        return printed;
    }
}
