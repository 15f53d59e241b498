package org.parsimony.notebook.spi;

import java.util.concurrent.Executor;

/**
 * A running notebook kernel, as magics and renderers see it.
 *
 * <p>Implementations are thread-safe in {@link #display} and {@link #update}: progress is reported from worker threads.
 */
public interface Notebook {

    /** Makes {@code %name} (and, where {@link Magic#takesBody()}, {@code %%name}) available in cells. */
    void register(Magic magic);

    /** Shows every value of {@code type}, or of a subtype without a closer renderer, through {@code renderer}. */
    <T> void register(Class<T> type, Renderer<T> renderer);

    /** Shows {@code content} below the running cell and returns the id under which {@link #update} replaces it. */
    String display(MimeBundle content);

    /** Replaces what {@link #display} showed under {@code id}. An unknown id is ignored by the front end. */
    void update(String id, MimeBundle content);

    /** Evaluates Java source as a cell would, and returns the value of its last expression, or null. */
    Object eval(String code) throws Exception;

    /** A value in every form that this kernel can show it in. */
    default MimeBundle render(Object value) {
        return MimeBundle.of(MimeBundle.TEXT, String.valueOf(value));
    }

    /**
     * Opens a channel to the front ends.
     *
     * @throws UnsupportedOperationException if this kernel has none, as stock kernels through their adapters
     */
    default Channel open(Channel.Opening opening, Channel.Receiver receiver) {
        throw new UnsupportedOperationException("this kernel opens no channels to its front ends");
    }

    /** Answers every channel that a front end opens for {@code target}; where there are no channels, nothing. */
    default void answer(String target, Channel.Answer answer) {}

    /**
     * Runs what it is given as if it stood in the cell that runs now, also after that cell's end: in the thread of cells,
     * where an interrupt reaches it, with its output and its errors below that cell. It returns when the work has ended.
     */
    default Executor thisCell() {
        return Runnable::run;
    }
}
