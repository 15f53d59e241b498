package org.parsimony.network.fused;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PyTorch process that trains an epoch whenever it is asked to, and says how fast it was. */
final class TorchPeer implements AutoCloseable {

    private static final String PYTHON = "/usr/bin/python3";
    private static final Pattern RATE = Pattern.compile("^epoch .*?(\\d+) samples/s");

    private final Process process;
    private final BufferedReader lines;

    private TorchPeer(List<String> command) {
        try {
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            // PyTorch's own, newer OpenBLAS knows the processor
            builder.environment().remove("OPENBLAS_CORETYPE");
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + String.join(" ", command), e);
        }
        lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** A peer from {@code torch_peer.py}, which waits for {@link #epoch}. */
    static TorchPeer waiting(Path script, String net, int batch, int threads, int samples, Path images) {
        return new TorchPeer(
                List.of(PYTHON, script.toString(), net, "" + batch, "" + threads, "" + samples, images + "/"));
    }

    /** A peer of the form of {@code torch_mlp.py}, which runs through. */
    static TorchPeer running(Path script, int threads, int epochs, Path images) {
        return new TorchPeer(List.of(PYTHON, script.toString(), "" + threads, "" + epochs, images + "/"));
    }

    /** Whether Debian's Python with PyTorch is installed. */
    static boolean installed() {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import torch")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Samples per second of one more epoch. */
    double epoch() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            return next();
        } catch (IOException e) {
            throw new UncheckedIOException("the PyTorch peer ended early", e);
        }
    }

    /** Samples per second of the next epoch that a running peer reports. */
    double next() {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher rate = RATE.matcher(line);
                if (rate.find()) {
                    return Double.parseDouble(rate.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the PyTorch peer ended early", e);
        }
        throw new IllegalStateException("the PyTorch peer ended without a rate; try it by hand");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
