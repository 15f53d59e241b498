package org.parsimony.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.parsimony.base.Progress;
import org.parsimony.notebook.display.NotebookProgress;
import org.parsimony.notebook.spi.Notebook;

/**
 * The functions that a cell calls by their bare names.
 *
 * <p>A kernel is a process with exactly one notebook; {@link ParsimonyExtension#install} sets it here once, since a cell
 * has no other way to know it.
 */
public final class Cell {

    private static volatile Notebook notebook;

    private Cell() {}

    static void in(Notebook running) {
        notebook = running;
    }

    /**
     * A new bar below the running cell, for one piece of work: {@code OptiNET.run(model, data, options, progress())}.
     *
     * @throws IllegalStateException outside a notebook; pass {@link Progress#NONE} there
     */
    public static Progress progress() {
        return progress("");
    }

    /**
     * A new bar below the running cell.
     *
     * @param title stands before what the work says of itself, and alone once it is finished
     * @throws IllegalStateException outside a notebook; pass {@link Progress#NONE} there
     */
    public static Progress progress(String title) {
        if (notebook == null) {
            throw new IllegalStateException("no notebook is running; pass Progress.NONE in a program");
        }
        return new NotebookProgress(notebook, title);
    }

    /**
     * A file in the folder that the notebook writes to: where a headless run keeps its figures, else {@code out} beside the
     * notebook. The folder is made where it is not there.
     *
     * @throws UncheckedIOException if it cannot be made
     */
    public static Path out(String file) {
        Path folder = Path.of(Objects.requireNonNullElse(System.getenv("PARSIMONY_OUT"), "out"));
        try {
            return Files.createDirectories(folder).resolve(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + folder + ": " + e.getMessage(), e);
        }
    }
}
