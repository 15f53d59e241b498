package org.parsimony.notebook.kernel.wire;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * {@code System.out} or {@code System.err} of the cells: collects what is written and hands it on in pieces, 50 ms after
 * the first byte or when the piece is large. A loop that prints a line each turn thus costs 20 messages a second and not
 * one a line, which front ends answer by dropping output.
 */
public final class CellOutput extends OutputStream {

    private static final long DELAY_MILLIS = 50;
    private static final int PIECE = 1 << 14;

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "output");
        thread.setDaemon(true);
        return thread;
    });

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private Consumer<String> sink;
    private boolean scheduled;

    /** Sends what is written from now on, and what was written before there was a sink, to {@code sink}. */
    public void attach(Consumer<String> sink) {
        send();
        synchronized (this) {
            this.sink = sink;
        }
        send();
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        buffer.write(bytes, offset, length);
        if (buffer.size() >= PIECE) {
            send();
        } else if (!scheduled && sink != null) {
            scheduled = true;
            CLOCK.schedule(this::send, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Sends everything now; {@link #flush} does not, because a print stream flushes after every line. */
    public synchronized void send() {
        scheduled = false;
        if (sink == null || buffer.size() == 0) {
            return;
        }
        byte[] bytes = buffer.toByteArray();
        int whole = wholeCharacters(bytes);
        if (whole == 0) {
            return;
        }
        buffer.reset();
        buffer.write(bytes, whole, bytes.length - whole);
        sink.accept(new String(bytes, 0, whole, StandardCharsets.UTF_8));
    }

    /** The length of {@code bytes} without a UTF-8 character that is only begun. */
    private static int wholeCharacters(byte[] bytes) {
        int start = bytes.length - 1;
        while (start >= 0 && bytes.length - start < 4 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        if (start < 0 || bytes[start] >= 0) {
            return bytes.length;
        }
        int lead = bytes[start] & 0xFF;
        int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return bytes.length - start < needed ? start : bytes.length;
    }
}
