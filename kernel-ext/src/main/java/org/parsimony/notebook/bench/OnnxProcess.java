package org.parsimony.notebook.bench;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.parsimony.base.Require;

/**
 * A process with ONNX Runtime on its class path, which is not part of this program. Nothing here may name a class of the
 * runtime, or this process could not load it.
 */
public final class OnnxProcess {

    private static final String BENCH = "org.parsimony.notebook.bench.OnnxBench";

    private OnnxProcess() {}

    /**
     * Runs {@link OnnxBench} there.
     *
     * @param runtime ONNX Runtime's jar, or null for the newest in the local Maven repository
     * @return its exit code
     * @throws IllegalArgumentException if there is no such jar
     */
    public static int start(Path network, Path runtime, int rounds) throws IOException, InterruptedException {
        Require.atLeast("pairs", rounds, Rounds.LEAST);
        Path jar = runtime == null ? installed() : runtime;
        Require.that(Files.isRegularFile(jar), "--runtime is %s, but there is no such file", jar);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        String path = System.getProperty("java.class.path") + File.pathSeparator + jar;
        command.addAll(List.of("-cp", path, BENCH, network.toString(), "" + rounds));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static Path installed() throws IOException {
        Path folder = Path.of(System.getProperty("user.home"), ".m2/repository/com/microsoft/onnxruntime/onnxruntime");
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.walk(folder, 2) : Stream.of()) {
            return files.filter(file -> file.getFileName().toString().matches("onnxruntime-[0-9.]+\\.jar"))
                    .max(Path::compareTo)
                    .orElseThrow(
                            () -> new IllegalArgumentException("ONNX Runtime is not in the local Maven repository; "
                                    + "give its jar with --runtime FILE (com.microsoft.onnxruntime:onnxruntime)"));
        }
    }
}
