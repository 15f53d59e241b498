package org.parsimony.notebook.kernel.wire;

import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.messages.ContentType;

/** The base library's view of a running cell: whatever it publishes goes to the outlet of the calling thread. */
final class CellEnvironment extends ShellReplyEnvironment {

    CellEnvironment(ShellChannel shell, StdinChannel stdin, JupyterSocket iopub) {
        super(shell, stdin, iopub, null);
    }

    @Override
    public <T extends ContentType<T>> void publish(T content) {
        CellOutlet.here().publish(content);
    }
}
