package io.github.spencerpark.ijava;

import org.parsimony.notebook.kernel.JavaKernel;
import org.parsimony.notebook.kernel.NotebookFunctions;

/** The class by which notebooks written for IJava reach their kernel. */
public final class IJava {

    private IJava() {}

    /** The running kernel, with IJava's {@code getMagics()}, {@code getRenderer()}, {@code display} and {@code evalRaw}. */
    public static JavaKernel getKernelInstance() {
        return NotebookFunctions.getKernelInstance();
    }
}
