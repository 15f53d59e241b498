package org.parsimony.network.machine;

import java.util.Arrays;
import org.nd4j.linalg.factory.Nd4j;

/** A process of its own: which kernel it multiplies with, bits of a product, and what a child sees of the environment. */
final class KernelProbe {

    private KernelProbe() {}

    /** {@code "late"} multiplies by ND4J before anybody asks for a kernel; each further word is a kernel to change to. */
    public static void main(String[] words) throws Exception {
        if (words[0].equals("late")) {
            Nd4j.rand(3, 4).mmul(Nd4j.rand(4, 5));
        }
        BlasKernel chosen = BlasKernel.chosen();
        System.out.println(chosen.core() + " " + chosen.reason());
        System.out.println(product());
        System.out.println(new ProcessBuilder("sh", "-c", "echo child: $OPENBLAS_CORETYPE")
                .start()
                .inputReader()
                .readLine());
        System.out.println(Machine.here());
        OpenBlas openBlas = new OpenBlas();
        for (String core : Arrays.asList(words).subList(1, words.length)) {
            boolean changed = openBlas.use(core);
            System.out.println(openBlas.core() + " " + changed + " " + product() + " "
                    + ProductCheck.fault(openBlas).orElse("right"));
        }
    }

    private static int product() {
        int n = 60;
        float[] x = new float[n * n];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.sin(i);
        }
        float[] y = new float[n * n];
        new OpenBlas().single(false, true, n, n, n, 1, x, n, x, n, 0, y, n);
        return Arrays.hashCode(y);
    }
}
