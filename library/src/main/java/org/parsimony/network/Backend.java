package org.parsimony.network;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.parsimony.network.machine.BlasKernel;

/**
 * Tames ND4J's native threads and has OpenBLAS's kernel chosen, once for each Java process.
 *
 * <p>ND4J's OpenMP threads and OpenBLAS's fight for the same cores on the small matrices of these experiments: one
 * thread for each training is several times faster than two, leaves the other cores to other seeds, and makes the same
 * recipe give the same bytes, as does the kernel, which {@link BlasKernel} chooses by one rule. Every entry to training and evaluation in this package calls {@link #tame()}, so a
 * program needs no environment variables; JavaCPP's polling of physical memory can only be switched off from outside,
 * with {@code -Dorg.bytedeco.javacpp.maxPhysicalBytes=0}.
 */
public final class Backend {

    private static final Object TAMED = tameOnce();

    private Backend() {}

    /**
     * Sets one native thread for each calling thread and chooses OpenBLAS's kernel; later calls cost nothing.
     *
     * @throws IllegalStateException if ND4J did not start, or no kernel of OpenBLAS multiplies right here
     */
    public static void tame() {
        if (TAMED == null) {
            throw new IllegalStateException("the ND4J backend did not start");
        }
    }

    private static Object tameOnce() {
        BlasKernel.chosen();
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        openblas.blas_set_num_threads(1);
        return new Object();
    }
}
