package org.parsimony.notebook.spi;

import java.util.List;

/** A command of a notebook cell: {@code %name arg …} in a line, or {@code %%name arg …} above a cell's body. */
public interface Magic {

    /** The word after the percent sign. */
    String name();

    /** One line for {@code %help}. */
    String summary();

    /** The type of {@link #run}'s value, so that {@code var r = %name …} is typed; {@code Void.class} for none. */
    Class<?> resultType();

    /** The type of the value of a call with these arguments, where it depends on them; else {@link #resultType()}. */
    default Class<?> resultType(List<String> arguments) {
        return resultType();
    }

    /** Whether {@code %%name} is allowed too. */
    default boolean takesBody() {
        return false;
    }

    /**
     * Runs the magic.
     *
     * @param arguments the words after the name, with quotes removed
     * @param body the lines below {@code %%name}, or null for a line magic
     * @return a value of {@link #resultType}, or null
     * @throws Exception whose message names what was wrong; the kernel shows the message and stays alive
     */
    Object run(List<String> arguments, String body) throws Exception;

    /**
     * Completions of the word under the cursor.
     *
     * @param arguments the words before it
     * @param prefix the word as far as it is typed, possibly empty
     */
    default List<String> complete(List<String> arguments, String prefix) {
        return List.of();
    }

    /**
     * Completions of the word under the cursor in the body of {@code %%name}.
     *
     * @param words the words before it in its line
     * @param prefix the word as far as it is typed, possibly empty
     */
    default List<String> completeBody(List<String> words, String prefix) {
        return List.of();
    }
}
