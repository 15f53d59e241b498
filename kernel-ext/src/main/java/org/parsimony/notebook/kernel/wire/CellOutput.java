package org.parsimony.notebook.kernel.wire;

import io.github.spencerpark.jupyter.messages.publish.PublishStream.StreamType;
import java.io.OutputStream;

/** {@code System.out} or {@code System.err} of the cells: writes to the outlet of the thread that prints. */
public final class CellOutput extends OutputStream {

    private final StreamType type;

    /** @param type which of the two it is */
    public CellOutput(StreamType type) {
        this.type = type;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        CellOutlet.here().write(type, bytes, offset, length);
    }
}
