package org.parsimony.notebook.spi;

/** Turns a value into what a notebook can show. */
@FunctionalInterface
public interface Renderer<T> {

    /** The value in every form that a front end may choose from; {@code text/plain} is always among them. */
    MimeBundle render(T value);
}
