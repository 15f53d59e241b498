package org.parsimony.notebook.kernel.wire;

import java.util.concurrent.TimeUnit;

/**
 * Keeps what is published below the rates from which on Jupyter's server drops messages (1000 messages and 1 MB of stream
 * text a second, over 3 seconds): whoever prints more waits.
 */
final class Pace {

    private static final double MESSAGES_PER_SECOND = 600;
    private static final double MOST_MESSAGES = 1000;
    private static final double BYTES_PER_SECOND = 550_000;
    private static final double MOST_BYTES = 1_200_000;
    /** Headers, parent header and signature of a message. */
    private static final int ENVELOPE = 800;

    private double messages = MOST_MESSAGES;
    private double bytes = MOST_BYTES;
    private long last = System.nanoTime();

    /** Waits until a message with {@code text} may go; a thread's interrupt neither shortens this nor is lost. */
    void await(String text) {
        sleep(reserve(ENVELOPE + escapedLength(text)));
    }

    /** Waits until a message that is no stream text, which the server only counts, may go. */
    void await() {
        sleep(reserve(0));
    }

    /** Takes from the two accounts, which may go below zero; returns the nanoseconds until they are above it again. */
    private synchronized long reserve(int size) {
        long now = System.nanoTime();
        double seconds = (now - last) / 1e9;
        last = now;
        messages = Math.min(MOST_MESSAGES, messages + seconds * MESSAGES_PER_SECOND) - 1;
        bytes = Math.min(MOST_BYTES, bytes + seconds * BYTES_PER_SECOND) - size;
        double debt = Math.max(-messages / MESSAGES_PER_SECOND, -bytes / BYTES_PER_SECOND);
        return debt <= 0 ? 0 : (long) (debt * 1e9);
    }

    private static void sleep(long nanos) {
        long end = System.nanoTime() + nanos;
        boolean interrupted = false;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The length of {@code text} as JSON in UTF-8, or a little more. */
    private static int escapedLength(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += 3;
            } else if (c == '\n' || c == '"' || c == '\\' || c == '\t') {
                length += 2;
            } else {
                length += c < ' ' || "<>&='".indexOf(c) >= 0 ? 6 : 1;
            }
        }
        return length;
    }
}
