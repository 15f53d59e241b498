package org.parsimony.notebook.kernel.shell;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.parsimony.notebook.kernel.language.CellText;

/** A shell without a kernel around it, and what a test asks of it. */
final class Cells implements AutoCloseable {

    private static final String IMPORTS =
            "import java.util.*; import java.util.function.*; import java.util.stream.*; import java.io.*;";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final JavaShell shell = new JavaShell(
            Settings.from(Map.of()),
            System.out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InputStream.nullInputStream());
    private int count;

    Cells() {
        for (String line : IMPORTS.split(" (?=import)")) {
            run(line);
        }
    }

    /** The value of a cell that must run. */
    Object run(String cell) {
        err.reset();
        try {
            shell.runner().begin(() -> {});
            return shell.eval(CellText.of(cell), "cell " + ++count).value();
        } catch (CellException e) {
            throw new AssertionError(cell + "\nfailed: " + text(e), e);
        }
    }

    /** The error of a cell that must fail, without colours. */
    String error(String cell) {
        err.reset();
        try {
            shell.runner().begin(() -> {});
            shell.eval(CellText.of(cell), "cell " + ++count);
        } catch (CellException e) {
            return text(e);
        }
        throw new AssertionError(cell + "\ndid not fail");
    }

    /** What the last cell was told on standard error. */
    String told() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static String text(CellException e) {
        return String.join("\n", e.traceback()).replaceAll("\u001b\\[[0-9;]*m", "");
    }

    @Override
    public void close() {
        shell.close();
    }
}
