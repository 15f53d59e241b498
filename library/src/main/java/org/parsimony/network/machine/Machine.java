package org.parsimony.network.machine;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parsimony.base.Require;

/**
 * What a run was computed with. Where {@code instructions}, {@code blas} or {@code kernel} differ, the same recipe gives other
 * bytes. No field is ever empty.
 *
 * @param cpu the processor's model, as its operating system names it
 * @param cores processors that Java may use
 * @param instructions the widest vector instructions: {@code AVX-512}, {@code AVX2}, {@code NEON}
 * @param blas name and version of the library of matrix products: {@code OpenBLAS 0.3.19}
 * @param kernel which of its kernels multiplies: {@code SkylakeX}
 * @param jdk version and vendor of the Java runtime
 * @param os name, version and architecture of the operating system
 */
public record Machine(String cpu, int cores, String instructions, String blas, String kernel, String jdk, String os) {

    /** Sizes of OpenBLAS's blocks, and so the order of its sums, follow from the cache that this variable names. */
    private static final String CACHE = "OPENBLAS_L2_SIZE";

    private static final Pattern BLOCKS = Pattern.compile("\\(" + CACHE + "=(.*)\\)");

    /** Checks that nothing is empty. */
    public Machine {
        for (String text : new String[] {cpu, instructions, blas, kernel, jdk, os}) {
            Require.that(text != null && !text.isBlank(), "a machine needs all of its fields, but one is empty");
        }
        Require.that(cores > 0, "cores is %s, but must be at least 1", cores);
    }

    /** The machine of this process; the first call loads ND4J and chooses OpenBLAS's kernel, see {@link BlasKernel}. */
    public static Machine here() {
        return Here.MACHINE;
    }

    /** In one line, for the head of a table: processor, BLAS, Java, operating system. */
    @Override
    public String toString() {
        return cpu + " (" + instructions + "), " + cores + (cores == 1 ? " core; " : " cores; ") + blas + ", kernel "
                + kernel + "; Java " + jdk + "; " + os;
    }

    /**
     * The environment in which a new process of this machine computes products as a run did. OpenBLAS reads it once, when it
     * starts.
     *
     * @param blas of the run's row: library, version, and in brackets what the environment said of its blocks
     * @param kernel of the run's row
     * @return the variables with their values, empty for one that must not be set; nothing if this process is like that
     *     already, or if this processor cannot run that kernel
     */
    public static Optional<Map<String, String>> environmentOf(String blas, String kernel) {
        Machine here = here();
        if (here.blas.equals(blas) && here.kernel.equalsIgnoreCase(kernel)
                || !BlasKernel.runsOn(Processor.here().instructions(), kernel)) {
            return Optional.empty();
        }
        Matcher size = BLOCKS.matcher(blas);
        return Optional.of(Map.of(BlasKernel.VARIABLE, kernel, CACHE, size.find() ? size.group(1) : ""));
    }

    private static final class Here {
        static final Machine MACHINE = look();

        private static Machine look() {
            Processor processor = Processor.here();
            BlasKernel kernel = BlasKernel.chosen();
            String cache = System.getenv(CACHE);
            return new Machine(
                    processor.model(),
                    Runtime.getRuntime().availableProcessors(),
                    processor.instructions().toString(),
                    kernel.library() + (cache == null || cache.isBlank() ? "" : " (" + CACHE + "=" + cache + ")"),
                    kernel.core(),
                    System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
                    System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                            + System.getProperty("os.arch"));
        }
    }
}
