package org.parsimony.notebook.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Python process that measures something whenever it is asked to, so that it can take turns with what it is compared to.
 * Its script prints its settings in one line when it is ready, then one number for every line that it reads; a line says how many.
 */
final class Peer implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Path errors;
    private final String settings;

    private Peer(Process process, Path errors) throws IOException {
        this.process = process;
        this.errors = errors;
        answers = process.inputReader(StandardCharsets.UTF_8);
        settings = answers.readLine();
    }

    /**
     * Starts a peer.
     *
     * @param python the interpreter
     * @param script of this package
     * @param environment beside that of {@link Surroundings#free}
     * @throws IllegalStateException if Python, or what the script needs, is not there
     */
    static Peer start(String python, String script, Map<String, String> environment, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(python));
        try {
            command.add(unpacked(script).toString());
            for (Object argument : arguments) {
                command.add(argument.toString());
            }
            Path errors = Files.createTempFile("parsimony-peer", ".txt");
            errors.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            Surroundings.free(builder.environment());
            builder.environment().putAll(environment);
            Peer peer = new Peer(builder.start(), errors);
            if (peer.settings == null) {
                throw new IllegalStateException("no peer: " + peer.lastWords());
            }
            return peer;
        } catch (IOException e) {
            throw new IllegalStateException("no peer: cannot start " + String.join(" ", command), e);
        }
    }

    private static Path unpacked(String script) throws IOException {
        Path file = Files.createTempFile("parsimony-", "-" + script);
        file.toFile().deleteOnExit();
        try (InputStream source = Peer.class.getResourceAsStream(script)) {
            Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    /** What the peer says of itself: versions, BLAS, threads. */
    String settings() {
        return settings;
    }

    /** One more measurement. */
    double measure() {
        return measure(1);
    }

    /** One more measurement, of {@code many} of what the script measures. */
    double measure(int many) {
        try {
            process.getOutputStream().write((many + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the peer ended early: " + lastWords());
            }
            return Double.parseDouble(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the peer ended early: " + lastWords(), new IOException(e));
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(errors);
            return lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return "and what it wrote cannot be read";
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
