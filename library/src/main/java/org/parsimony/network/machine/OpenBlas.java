package org.parsimony.network.machine;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/**
 * The OpenBLAS that ND4J has loaded: what it says of itself, another of its kernels, and its products. JavaCPP's interface to
 * OpenBLAS has no call for the first two, so they go through JNA, which ND4J brings along.
 */
final class OpenBlas implements BlasKernel.Library {

    private static final String VARIABLE = BlasKernel.VARIABLE;

    /** Loads OpenBLAS, if ND4J has not done so, and takes one thread for each product. */
    OpenBlas() {
        openblas.blas_set_num_threads(1);
    }

    @Override
    public String name() {
        // "OpenBLAS 0.3.19 DYNAMIC_ARCH NO_AFFINITY Zen MAX_THREADS=64"
        String[] words = told("openblas_get_config").split(" ");
        return words.length < 2 ? "a BLAS that does not tell its name" : words[0] + " " + words[1];
    }

    @Override
    public String core() {
        String core = told("openblas_get_corename");
        return core.isEmpty() ? "not told" : core;
    }

    /**
     * {@inheritDoc}
     *
     * <p>OpenBLAS reads its environment when it starts; so the variable is set, OpenBLAS starts anew, and the variable is as
     * it was before another library sees it. Child processes of Java never see it.
     */
    @Override
    public boolean use(String core) {
        try {
            Function leave = function("gotoblas_dynamic_quit");
            Function enter = function("gotoblas_dynamic_init");
            if (leave == null || enter == null || !prefer(core)) {
                return false; // built for one processor only, or (on Windows) keeps these to itself
            }
            leave.invokeVoid(new Object[0]);
            enter.invokeVoid(new Object[0]);
            restore(System.getenv(VARIABLE));
            return core().equalsIgnoreCase(core);
        } catch (LinkageError e) {
            return false; // JNA has no native code for this platform
        }
    }

    /** Names the kernel with which OpenBLAS starts, if it is not loaded yet; whether this system lets us. */
    static boolean prefer(String core) {
        try {
            NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {VARIABLE, core, 1});
            return true;
        } catch (LinkageError e) {
            return false; // JNA has no native code for this platform, or the platform no setenv
        }
    }

    /** The environment as it was: {@code named} is null where it did not have the variable. */
    static void restore(String named) {
        try {
            NativeLibrary process = NativeLibrary.getProcess();
            if (named == null) {
                process.getFunction("unsetenv").invokeInt(new Object[] {VARIABLE});
            } else {
                process.getFunction("setenv").invokeInt(new Object[] {VARIABLE, named, 1});
            }
        } catch (LinkageError e) {
            // then nothing was set either
        }
    }

    private static String told(String name) {
        try {
            Function function = function(name);
            return function == null
                    ? ""
                    : function.invokeString(new Object[0], false).strip();
        } catch (LinkageError e) {
            return "";
        }
    }

    private static Function function(String name) {
        org.bytedeco.javacpp.Pointer address = Loader.addressof(name);
        return address == null ? null : Function.getFunction(new Pointer(address.address()));
    }

    @Override
    public void single(
            boolean aTransposed,
            boolean bTransposed,
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int aStride,
            float[] b,
            int bStride,
            float beta,
            float[] c,
            int cStride) {
        int ta = aTransposed ? CblasTrans : CblasNoTrans;
        int tb = bTransposed ? CblasTrans : CblasNoTrans;
        openblas.cblas_sgemm(CblasRowMajor, ta, tb, m, n, k, alpha, a, aStride, b, bStride, beta, c, cStride);
    }

    @Override
    public void doubles(
            boolean aTransposed,
            boolean bTransposed,
            int m,
            int n,
            int k,
            double alpha,
            double[] a,
            int aStride,
            double[] b,
            int bStride,
            double beta,
            double[] c,
            int cStride) {
        int ta = aTransposed ? CblasTrans : CblasNoTrans;
        int tb = bTransposed ? CblasTrans : CblasNoTrans;
        openblas.cblas_dgemm(CblasRowMajor, ta, tb, m, n, k, alpha, a, aStride, b, bStride, beta, c, cStride);
    }

    @Override
    public void vector(
            boolean transposed, int m, int n, float alpha, float[] a, int stride, float[] x, float beta, float[] y) {
        int turned = transposed ? CblasTrans : CblasNoTrans;
        openblas.cblas_sgemv(CblasRowMajor, turned, m, n, alpha, a, stride, x, 1, beta, y, 1);
    }

    @Override
    public void sum(float[] x, float[] y) {
        openblas.cblas_saxpy(x.length, 1, x, 1, y, 1);
    }
}
