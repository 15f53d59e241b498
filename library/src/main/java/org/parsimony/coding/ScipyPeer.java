package org.parsimony.coding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** SciPy's CSC product in a process of its own, so that both sides are timed in turns within one run. */
final class ScipyPeer implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final Path script;

    private ScipyPeer(Process process, Path script) {
        this.process = process;
        this.script = script;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
    }

    /** The peer on {@code matrix}, a {@code .npy} or {@code .npy.gz} file; null where Python has no SciPy. */
    static ScipyPeer start(Path matrix) throws IOException {
        Path script = Files.createTempFile("scipy_csc", ".py");
        try (InputStream source = ScipyPeer.class.getResourceAsStream("scipy_csc.py")) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        Path python = Path.of("/usr/bin/python3");
        ProcessBuilder builder = new ProcessBuilder(
                Files.isExecutable(python) ? python.toString() : "python3", script.toString(), matrix.toString());
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            ScipyPeer peer = new ScipyPeer(builder.start(), script);
            if ("ready".equals(peer.answers.readLine())) {
                return peer;
            }
            peer.close();
        } catch (IOException e) {
            Files.deleteIfExists(script);
        }
        return null;
    }

    /** Nanoseconds of one product. */
    double nanoseconds() {
        try {
            questions.write("dot\n");
            questions.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("SciPy's process ended before it answered");
            }
            return Double.parseDouble(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Files.deleteIfExists(script);
    }
}
