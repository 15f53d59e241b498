package org.parsimony.notebook.kernel.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** {@code System.in} of the cells: each time it runs dry it asks the front end for one line. */
public final class CellInput extends InputStream {

    /** Where lines come from. */
    @FunctionalInterface
    public interface Lines {
        String next() throws IOException;
    }

    private Lines lines;
    private byte[] line = {};
    private int position;

    /** Reads from {@code lines} from now on; null if the front end allows no input, so that reading ends at once. */
    public synchronized void attach(Lines lines) {
        this.lines = lines;
        line = new byte[0];
        position = 0;
    }

    @Override
    public synchronized int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == line.length) {
            if (lines == null) {
                return -1;
            }
            line = (lines.next() + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
            position = 0;
        }
        int count = Math.min(length, line.length - position);
        System.arraycopy(line, position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public synchronized int available() {
        return line.length - position;
    }
}
