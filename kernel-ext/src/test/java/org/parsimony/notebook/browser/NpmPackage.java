package org.parsimony.notebook.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A package of the npm registry, fetched once and kept below {@code target/}. */
public final class NpmPackage {

    private static final int MINUTES = 3;

    private NpmPackage() {}

    /** The folder of its files. */
    public static Path of(String name, String version) throws IOException, InterruptedException {
        Path kept = Path.of("target", "npm", name.replace("@", "").replace('/', '-') + "-" + version)
                .toAbsolutePath();
        if (!Files.isDirectory(kept)) {
            Path fresh = Files.createTempDirectory(Files.createDirectories(kept.getParent()), "fetching");
            run(fresh, List.of(Programs.require("npm"), "pack", "--silent", "--ignore-scripts", name + "@" + version));
            try (var files = Files.list(fresh)) {
                String archive = files.findFirst().orElseThrow().toString();
                run(fresh, List.of(Programs.require("tar"), "-xzf", archive));
            }
            Files.move(fresh, kept);
        }
        return kept.resolve("package");
    }

    private static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("npm", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        if (!ended || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log));
        }
        Files.delete(log);
    }
}
