package org.parsimony.notebook.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishClearOutput;
import java.util.List;
import org.parsimony.notebook.kernel.language.MagicFailure;
import org.parsimony.notebook.kernel.language.MagicRegistry;
import org.parsimony.notebook.kernel.wire.CellOutlet;

/** The functions that every cell can call, by IJava's names. */
public final class NotebookFunctions {

    private NotebookFunctions() {}

    /** The running kernel. */
    public static JavaKernel getKernelInstance() {
        return JavaKernel.instance();
    }

    /** Shows a value below the cell; returns the id for {@link #updateDisplay}. */
    public static String display(Object value) {
        return JavaKernel.instance().show(render(value));
    }

    /** Shows a value in the given MIME types; returns the id for {@link #updateDisplay}. */
    public static String display(Object value, String... types) {
        return JavaKernel.instance().show(render(value, types));
    }

    /** Replaces what {@link #display} showed under {@code id}. */
    public static void updateDisplay(String id, Object value) {
        JavaKernel.instance().replace(id, render(value));
    }

    /** Replaces what {@link #display} showed under {@code id}, in the given MIME types. */
    public static void updateDisplay(String id, Object value, String... types) {
        JavaKernel.instance().replace(id, render(value, types));
    }

    /** A value in the forms that its type prefers; as a cell's last expression, its result. */
    public static DisplayData render(Object value) {
        return JavaKernel.instance().rendered(value);
    }

    /** A value in the given MIME types. */
    public static DisplayData render(Object value, String... types) {
        return JavaKernel.instance().getRenderer().renderAs(value, types);
    }

    /** Evaluates a cell's source, magics and all, among the notebook's names; returns its last value. */
    public static Object eval(String code) throws Exception {
        return JavaKernel.instance().evalRaw(code);
    }

    /** Runs {@code %name arguments…} and returns its value as whatever type the caller expects. */
    public static <T> T lineMagic(String name, List<String> arguments) {
        try {
            return JavaKernel.instance().getMagics().applyLineMagic(name, arguments);
        } catch (Exception e) {
            throw new MagicFailure("%" + name, e);
        }
    }

    /** Runs {@code %name arguments…} for its effect alone. */
    public static void runMagic(String name, List<String> arguments) {
        lineMagic(name, arguments);
    }

    /** Runs the line magic that a cell's translation keeps under {@code number}; only generated code calls this. */
    public static <T> T $parsimony$value(int number) {
        MagicRegistry.Call call = JavaKernel.instance().registry().call(number);
        return lineMagic(call.name(), call.arguments());
    }

    /** Runs a line magic for its effect alone; only generated code calls this. */
    public static void $parsimony$run(int number) {
        $parsimony$value(number);
    }

    /** Clears what the cell has shown so far. */
    public static void clearOutput() {
        clearOutput(false);
    }

    /**
     * Clears what the cell has shown so far.
     *
     * @param untilNext waits for the next output before it does, so that nothing flickers
     */
    public static void clearOutput(boolean untilNext) {
        CellOutlet.here().publish(untilNext ? PublishClearOutput.BEFORE_NEXT_OUTPUT : PublishClearOutput.NOW);
    }

    /** Runs {@code %%name arguments…} with a body. */
    public static <T> T cellMagic(String name, List<String> arguments, String body) {
        try {
            return JavaKernel.instance().getMagics().applyCellMagic(name, arguments, body);
        } catch (Exception e) {
            throw new MagicFailure("%%" + name, e);
        }
    }

    /** {@code System.out.printf}. */
    public static void printf(String format, Object... arguments) {
        System.out.printf(format, arguments);
    }
}
