package org.parsimony.experiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where and with what a run was made: what a reader needs to repeat it or to see why it differs. No part of a run's name.
 *
 * @param started when the run began, to the second
 * @param finished when it ended, to the second
 * @param library version of this library
 * @param commit git commit of the library's sources, empty where they are not at hand
 * @param modified whether the library's sources differed from that commit; false where they are not at hand
 * @param jdk version and vendor of the Java runtime
 * @param os name, version and architecture of the operating system
 * @param cpu model name of the processor, empty where the system does not tell
 * @param cores processors the Java runtime may use
 */
public record Provenance(
        Instant started,
        Instant finished,
        String library,
        String commit,
        boolean modified,
        String jdk,
        String os,
        String cpu,
        int cores) {

    /** The facts of this process, which do not change while it lives. */
    private static final class Here {
        static final Provenance FACTS = look();
    }

    /** A run of this process, between these two times. */
    public static Provenance here(Instant started, Instant finished) {
        Provenance f = Here.FACTS;
        return new Provenance(
                Instant.ofEpochSecond(started.getEpochSecond()),
                Instant.ofEpochSecond(finished.getEpochSecond()),
                f.library,
                f.commit,
                f.modified,
                f.jdk,
                f.os,
                f.cpu,
                f.cores);
    }

    private static Provenance look() {
        Path sources = sources();
        String commit = sources == null ? "" : git(sources, "rev-parse", "HEAD");
        boolean modified = !commit.isEmpty()
                && !git(sources, "status", "--porcelain", "--untracked-files=no", "--", ".")
                        .isEmpty();
        return new Provenance(
                Instant.EPOCH,
                Instant.EPOCH,
                version(),
                commit,
                modified,
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                processor(),
                Runtime.getRuntime().availableProcessors());
    }

    private static String version() {
        try (InputStream in = Provenance.class.getResourceAsStream("/org/parsimony/version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the library's version from its own jar", e);
        }
    }

    /** The folder library/ that this class was built from, or null if it runs from elsewhere. */
    private static Path sources() {
        try {
            Path built = Path.of(Provenance.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = built.getParent();
            Path library = null;
            if (folder != null && folder.endsWith("library/target")) {
                library = folder.getParent();
            } else if (folder != null && folder.endsWith("kernel-ext/target/lib")) {
                // The kernel's copy of the jar, which is built anew whenever the sources change.
                library = folder.getParent().getParent().resolveSibling("library");
            }
            return library != null && Files.isDirectory(library.resolve("src")) ? library : null;
        } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            return null; // not a file: a jar in a jar, or a class loader of its own
        }
    }

    /** What git says, or nothing where there is no git, no repository, or no answer within five seconds. */
    private static String git(Path folder, String... arguments) {
        try {
            String[] command =
                    Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroy();
                return "";
            }
            return process.exitValue() == 0 ? answer : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String processor() {
        Path linux = Path.of("/proc/cpuinfo");
        if (Files.isReadable(linux)) {
            try (BufferedReader lines = Files.newBufferedReader(linux)) {
                return lines.lines()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("");
            } catch (IOException e) {
                return "";
            }
        }
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        return windows == null ? "" : windows;
    }
}
