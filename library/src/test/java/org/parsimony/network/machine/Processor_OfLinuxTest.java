package org.parsimony.network.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

/** The widest instructions that all parts of AVX-512 are there for, and a name where Linux gives only numbers. */
class Processor_OfLinuxTest {

    private static final String ZEN4 =
            """
            processor\t: 0
            cpu family\t: 25
            model\t\t: 17
            model name\t: AMD EPYC 9R14
            flags\t\t: fpu sse2 avx fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl avx512_bf16

            processor\t: 1
            model name\t: another
            flags\t\t: fpu
            """;

    @Test
    void namesModelFamilyAndInstructions() {
        Processor processor = Processor.ofLinux(ZEN4, "amd64");
        assertEquals("AMD EPYC 9R14, family 25 model 17", processor.model());
        assertEquals(Instructions.AVX512, processor.instructions());
        assertEquals("AVX-512", processor.instructions().toString());
    }

    @Test
    void halfOfAvx512IsNone() {
        assertEquals(
                Instructions.AVX2,
                Processor.ofLinux(ZEN4.replace(" avx512vl", ""), "amd64").instructions());
    }

    @Test
    void avx2WithoutFusedMultiplyAddIsAvx() {
        String older = "flags : sse2 avx avx2";
        assertEquals(Instructions.AVX, Processor.ofLinux(older, "amd64").instructions());
        assertEquals(
                Instructions.SSE2, Processor.ofLinux("flags : sse2", "amd64").instructions());
    }

    @Test
    void armHasNumbersForAName() {
        String arm = "processor\t: 0\nFeatures\t: fp asimd sve\nCPU implementer\t: 0x41\nCPU part\t: 0xd40\n";
        assertEquals(
                new Processor("CPU implementer 0x41 CPU part 0xd40", Instructions.SVE),
                Processor.ofLinux(arm, "aarch64"));
        assertEquals(new Processor("aarch64", Instructions.NEON), Processor.ofLinux("", "aarch64"));
        assertEquals(new Processor("riscv64", Instructions.OTHER), Processor.ofLinux("", "riscv64"));
    }

    @Test
    void thisProcessorHasAName() {
        assertFalse(Processor.here().model().isBlank());
    }
}
