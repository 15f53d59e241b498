package org.parsimony.notebook.magic.arguments;

import org.parsimony.notebook.spi.Notebook;

/** Values of the notebook that a magic is given by expression. */
public record Values(Notebook notebook) {

    /**
     * The value of {@code expression}.
     *
     * @param argument its name, for the message
     * @throws IllegalArgumentException if it has none, or one of another type
     */
    public <T> T get(String argument, String expression, Class<T> type) {
        return get(argument, expression, type, "");
    }

    /**
     * The value of {@code expression}, where something else might have been given.
     *
     * @param otherwise what else the argument may be, for the message; empty for nothing
     */
    public <T> T get(String argument, String expression, Class<T> type, String otherwise) {
        String wanted = (otherwise.isEmpty() ? "" : otherwise + ", or ") + "a variable or an expression of the type "
                + type.getSimpleName();
        Object value;
        try {
            value = notebook.eval(expression);
        } catch (Exception e) {
            // Where a name was meant, the compiler's words about it would only confuse.
            Exception cause = otherwise.isEmpty() ? e : null;
            throw new IllegalArgumentException(argument + " is " + expression + ", but must be " + wanted, cause);
        }
        if (!type.isInstance(value)) {
            String found =
                    value == null ? "null" : "of the type " + value.getClass().getSimpleName();
            throw new IllegalArgumentException(
                    argument + " is " + expression + ", which is " + found + ", but must be " + wanted);
        }
        return type.cast(value);
    }
}
