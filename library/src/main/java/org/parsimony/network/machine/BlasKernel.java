package org.parsimony.network.machine;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The kernel of OpenBLAS, one of many for as many kinds of processor, that multiplies in this process.
 *
 * <p>One rule for notebook, command line, tests and sweeps. What {@code OPENBLAS_CORETYPE} names in the environment is kept.
 * Else it is the kernel for the widest instructions of the processor, whatever its make: OpenBLAS 0.3.19 takes AMD's
 * processors since Zen 4 for older ones without AVX-512, and those that it does not know for much older ones; and machines
 * with the same instructions give the same products. Before its first use a kernel multiplies matrices of awkward sizes; one
 * that is wrong is replaced by the next that is right, with a sentence on the standard error stream.
 *
 * @param library name and version: {@code OpenBLAS 0.3.19}
 * @param core OpenBLAS's name of the kernel: {@code SkylakeX}
 * @param reason why it is this kernel
 */
public record BlasKernel(String library, String core, Reason reason) {

    /** The environment variable that names a kernel. */
    public static final String VARIABLE = "OPENBLAS_CORETYPE";

    /** Why a kernel multiplies. */
    public enum Reason {
        /** The environment names it. */
        NAMED,
        /** It is the fastest for this processor. */
        FASTEST,
        /** The one that should have multiplied gives wrong products here. */
        SAFE
    }

    /** Kernels that multiply small matrices as they lie in memory. */
    private static final Set<String> IN_PLACE = Set.of("skylakex", "cooperlake", "sapphirerapids");

    /** For each set of instructions a kernel, from the widest down. */
    private static final Map<Instructions, List<String>> KERNELS = Map.of(
            Instructions.AVX512, List.of("SkylakeX", "Haswell", "Sandybridge", "Nehalem", "Prescott"),
            Instructions.AVX2, List.of("Haswell", "Sandybridge", "Nehalem", "Prescott"),
            Instructions.AVX, List.of("Sandybridge", "Nehalem", "Prescott"),
            Instructions.SSE2, List.of("Prescott"),
            Instructions.SVE, List.of("ARMV8"),
            Instructions.NEON, List.of("ARMV8"),
            Instructions.OTHER, List.of());

    private static final String NAMED = System.getenv(VARIABLE);

    /** The choice of this process, made when somebody first asks. */
    private static final class Here {
        static final BlasKernel CHOSEN = load();

        private static BlasKernel load() {
            prepare();
            // ND4J comes first: loading it sets OpenBLAS's number of threads.
            Nd4j.getRandom();
            OpenBlas openBlas = new OpenBlas();
            OpenBlas.restore(NAMED);
            return choose(openBlas, NAMED, Processor.here().instructions(), System.err);
        }
    }

    /**
     * Has OpenBLAS start with its kernel when it is loaded later. For programs in which other code may multiply by ND4J in
     * one thread while {@link #chosen} is first called in another; takes a tenth of a second at most.
     */
    public static void prepare() {
        Prepared.once();
    }

    private static final class Prepared {
        static {
            Instructions instructions = Processor.here().instructions();
            if (!isNamed(NAMED) && ranked(instructions)) {
                OpenBlas.prefer(KERNELS.get(instructions).get(0));
            }
        }

        static void once() {
            // what there is to do is done when the class is loaded
        }
    }

    /**
     * The kernel of this process. The first call loads ND4J and OpenBLAS, if nobody has, and makes the choice; if they were
     * loaded before, no product may be under way in another thread meanwhile.
     *
     * @throws IllegalStateException if no kernel multiplies right
     */
    public static BlasKernel chosen() {
        return Here.CHOSEN;
    }

    /** A BLAS with several kernels, one of which multiplies. */
    interface Library extends ProductCheck.Products {

        /** Name and version. */
        String name();

        /** The kernel that multiplies. */
        String core();

        /** Multiplies with another kernel from now on, unless it cannot; whether it does. */
        boolean use(String core);
    }

    /** Makes the choice: {@code named} is null or blank where the environment names no kernel. */
    static BlasKernel choose(Library library, String named, Instructions instructions, PrintStream words) {
        String loaded = library.core();
        boolean kept = isNamed(named) && named.strip().equalsIgnoreCase(loaded);
        if (isNamed(named) && !kept) {
            words.println(
                    VARIABLE + " is \"" + named + "\", which " + library.name() + " does not know or cannot run here.");
        }
        List<String> faults = new ArrayList<>();
        for (String core : candidates(loaded, kept, instructions)) {
            if (!core.equals(library.core()) && !library.use(core)) {
                continue;
            }
            Optional<String> fault = ProductCheck.fault(library);
            if (fault.isPresent()) {
                faults.add(core + ": " + fault.get());
                continue;
            }
            if (!faults.isEmpty()) {
                words.println(library.name() + " multiplies with its kernel " + core
                        + ", because the one that comes first is wrong on this processor (" + String.join("; ", faults)
                        + ").");
            }
            return new BlasKernel(
                    library.name(), core, !faults.isEmpty() ? Reason.SAFE : kept ? Reason.NAMED : Reason.FASTEST);
        }
        throw new IllegalStateException(library.name()
                + " multiplies wrongly with every kernel that this processor can run (" + String.join("; ", faults)
                + "); set " + VARIABLE + " to another kernel's name, or use another machine");
    }

    /** Kernels to try, in this order. */
    private static Set<String> candidates(String loaded, boolean kept, Instructions instructions) {
        Set<String> candidates = new LinkedHashSet<>();
        if (!kept && ranked(instructions)) {
            candidates.add(KERNELS.get(instructions).get(0));
        }
        candidates.add(loaded);
        candidates.addAll(KERNELS.get(instructions));
        return candidates;
    }

    /** Whether this processor can run a kernel: a named one that it cannot run may end the process. */
    static boolean runsOn(Instructions instructions, String core) {
        return KERNELS.get(instructions).stream().anyMatch(core::equalsIgnoreCase);
    }

    private static boolean isNamed(String named) {
        return named != null && !named.isBlank();
    }

    /** Whether we know the fastest kernel for these instructions; else OpenBLAS knows better. */
    private static boolean ranked(Instructions instructions) {
        return instructions == Instructions.AVX512 || instructions == Instructions.AVX2;
    }

    /**
     * Whether products of up to a million terms are computed on the factors as they lie in memory, without rearranging them
     * first: OpenBLAS has code of this kind for AVX-512 only.
     */
    public boolean smallProductsInPlace() {
        return IN_PLACE.contains(core.toLowerCase(Locale.ROOT));
    }

    /** Library and kernel: {@code OpenBLAS 0.3.19 SkylakeX}. */
    @Override
    public String toString() {
        return library + " " + core;
    }
}
