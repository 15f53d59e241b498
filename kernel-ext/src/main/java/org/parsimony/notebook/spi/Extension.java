package org.parsimony.notebook.spi;

import java.nio.file.Path;
import java.util.List;

/**
 * What a library brings to a notebook: imports, magics, renderers.
 *
 * <p>Extensions are found by {@link java.util.ServiceLoader}: an implementation is public, has a public constructor
 * without parameters, and its class name stands in {@code META-INF/services/org.parsimony.notebook.spi.Extension}.
 */
public interface Extension {

    /**
     * What every cell may use without importing it: type names ({@code java.util.List}), packages ({@code
     * org.parsimony.data.*}) and static members ({@code static java.lang.Math.PI}), without the word import and the
     * semicolon. The kernel imports them once, before the first cell.
     */
    List<String> imports();

    /** Registers magics and renderers. Called once, while the kernel starts: long work belongs elsewhere. */
    void install(Notebook notebook);

    /** What Tab offers within strings. */
    default List<LiteralCompleter> completers() {
        return List.of();
    }

    /** Folders of Java sources, from which help takes documentation and the names of parameters; those that are there. */
    default List<Path> sources() {
        return List.of();
    }
}
