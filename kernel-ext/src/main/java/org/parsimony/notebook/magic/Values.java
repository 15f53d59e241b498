package org.parsimony.notebook.magic;

import org.parsimony.notebook.spi.Notebook;

/** Values of the notebook that a magic is given by expression. */
record Values(Notebook notebook) {

    /**
     * The value of {@code expression}.
     *
     * @param label of the argument, for the message
     * @throws IllegalArgumentException if it has none, or one of another type
     */
    <T> T get(String label, String expression, Class<T> type) {
        Object value;
        try {
            value = notebook.eval(expression);
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    label + " is " + expression + ", but must be a Java expression of the type " + type.getSimpleName()
                            + ": " + e.getMessage(),
                    e);
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(label + " is " + expression + ", which is "
                    + (value == null ? "null" : "a " + value.getClass().getSimpleName()) + ", but must be a "
                    + type.getSimpleName());
        }
        return type.cast(value);
    }
}
