package org.parsimony.network.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.parsimony.network.machine.BlasKernel.Reason;

/** What the environment names is kept, else the processor decides; a kernel with wrong products never multiplies. */
class BlasKernel_ChoiceTest {

    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    /** A library of several kernels, some of which drop the last term of every product. */
    private static final class Kernels extends PlainProducts implements BlasKernel.Library {
        private final boolean fixed;
        private final Set<String> wrong;
        private final List<String> used = new ArrayList<>();
        private String core;

        Kernels(String core, boolean fixed, Set<String> wrong) {
            this.core = core;
            this.fixed = fixed;
            this.wrong = wrong;
        }

        @Override
        public String name() {
            return "OpenBLAS 9.9";
        }

        @Override
        public String core() {
            return core;
        }

        @Override
        public boolean use(String other) {
            if (fixed) {
                return false;
            }
            used.add(other);
            core = other;
            return true;
        }

        @Override
        public void single(
                boolean at,
                boolean bt,
                int m,
                int n,
                int k,
                float alpha,
                float[] a,
                int lda,
                float[] b,
                int ldb,
                float beta,
                float[] c,
                int ldc) {
            super.single(at, bt, m, n, wrong.contains(core) ? k - 1 : k, alpha, a, lda, b, ldb, beta, c, ldc);
        }
    }

    private BlasKernel choose(Kernels kernels, String named, Instructions instructions) {
        PrintStream stream = new PrintStream(words, true, StandardCharsets.UTF_8);
        BlasKernel chosen = BlasKernel.choose(kernels, named, instructions, stream);
        assertEquals(kernels.core, chosen.core(), "the kernel that is named is the one that multiplies");
        assertEquals("OpenBLAS 9.9", chosen.library());
        return chosen;
    }

    private String words() {
        return words.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatTheEnvironmentNamesIsKept() {
        Kernels kernels = new Kernels("Nehalem", false, Set.of());
        BlasKernel chosen = choose(kernels, "NEHALEM", Instructions.AVX512);
        assertEquals("Nehalem", chosen.core());
        assertEquals(Reason.NAMED, chosen.reason());
        assertEquals(List.of(), kernels.used);
        assertEquals("", words());
    }

    @Test
    void theProcessorDecidesWhicheverKernelWasLoaded() {
        for (String loaded : List.of("Zen", "Haswell", "Cooperlake", "SkylakeX", "Prescott")) {
            BlasKernel wide = choose(new Kernels(loaded, false, Set.of()), null, Instructions.AVX512);
            assertEquals("SkylakeX", wide.core());
            assertEquals(Reason.FASTEST, wide.reason());
            assertTrue(wide.smallProductsInPlace());
            BlasKernel half = choose(new Kernels(loaded, false, Set.of()), " ", Instructions.AVX2);
            assertEquals("Haswell", half.core());
            assertEquals(false, half.smallProductsInPlace());
        }
        assertEquals("", words());
    }

    @Test
    void whereWeKnowNoBetterTheLoadedKernelStays() {
        for (Instructions instructions : List.of(Instructions.NEON, Instructions.SVE, Instructions.OTHER)) {
            assertEquals(
                    "NeoverseN1",
                    choose(new Kernels("NeoverseN1", false, Set.of()), null, instructions)
                            .core());
        }
    }

    @Test
    void aWrongKernelIsReplacedWithASentence() {
        BlasKernel chosen = choose(new Kernels("Zen", false, Set.of("SkylakeX")), null, Instructions.AVX512);
        assertEquals("Zen", chosen.core());
        assertEquals(Reason.SAFE, chosen.reason());
        assertTrue(words().startsWith("OpenBLAS 9.9 multiplies with its kernel Zen, because"), words());
        assertTrue(words().contains("SkylakeX: the product [1 × 1] · [1 × 1] is "), words());
        assertEquals(1, words().lines().count());
    }

    @Test
    void aNamedKernelIsReplacedTooIfItIsWrong() {
        BlasKernel chosen =
                choose(new Kernels("Haswell", false, Set.of("Haswell", "SkylakeX")), "haswell", Instructions.AVX512);
        assertEquals("Sandybridge", chosen.core());
        assertEquals(Reason.SAFE, chosen.reason());
    }

    @Test
    void aNameThatTheLibraryDoesNotKnowIsSaidAndNotFollowed() {
        BlasKernel chosen = choose(new Kernels("Prescott", false, Set.of()), "Foo", Instructions.AVX2);
        assertEquals("Haswell", chosen.core());
        assertEquals(Reason.FASTEST, chosen.reason());
        assertTrue(words().contains("OPENBLAS_CORETYPE is \"Foo\""), words());
    }

    @Test
    void aLibraryOfOneKernelKeepsIt() {
        assertEquals(
                "Zen",
                choose(new Kernels("Zen", true, Set.of()), null, Instructions.AVX512)
                        .core());
    }

    @Test
    void withoutAnyRightKernelNothingIsComputed() {
        Kernels kernels = new Kernels("Zen", true, Set.of("Zen"));
        PrintStream stream = new PrintStream(words, true, StandardCharsets.UTF_8);
        String message = assertThrows(
                        IllegalStateException.class, () -> BlasKernel.choose(kernels, null, Instructions.AVX2, stream))
                .getMessage();
        assertTrue(message.contains("Zen: the product"), message);
        assertTrue(message.contains("set OPENBLAS_CORETYPE"), message);
    }
}
