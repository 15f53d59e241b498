package org.parsimony.notebook.spi;

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
}
