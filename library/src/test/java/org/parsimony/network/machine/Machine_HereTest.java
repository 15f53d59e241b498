package org.parsimony.network.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every fact of this machine is there, and the kernel is the one that multiplies. */
class Machine_HereTest {

    @Test
    void namesTheKernelThatMultiplies() {
        Machine machine = Machine.here();
        assertEquals(new OpenBlas().core(), machine.kernel());
        assertTrue(machine.blas().matches("OpenBLAS \\d+\\.\\d+\\.\\d+.*"), machine.blas());
        assertEquals(Processor.here().instructions().toString(), machine.instructions());
        assertTrue(machine.toString().contains(machine.cpu()), machine.toString());
    }

    @Test
    void anotherRunsProductsNeedAnotherEnvironmentWhereThisProcessorCanRunItsKernel() {
        Machine here = Machine.here();
        assertEquals(Optional.empty(), Machine.environmentOf(here.blas(), here.kernel()));
        assumeTrue(Processor.here().instructions().ordinal() <= Instructions.AVX2.ordinal(), "a processor with AVX2");
        assertEquals(
                Optional.of(Map.of("OPENBLAS_CORETYPE", "Nehalem", "OPENBLAS_L2_SIZE", "512")),
                Machine.environmentOf("OpenBLAS 0.3.19 (OPENBLAS_L2_SIZE=512)", "Nehalem"));
        assertEquals(
                Optional.of(Map.of("OPENBLAS_CORETYPE", "Sandybridge", "OPENBLAS_L2_SIZE", "")),
                Machine.environmentOf("OpenBLAS 0.3.19", "Sandybridge"));
        assertEquals(Optional.empty(), Machine.environmentOf("OpenBLAS 0.3.19", "ARMV8"));
        assertTrue(BlasKernel.runsOn(Instructions.AVX512, "skylakex"));
        assertFalse(BlasKernel.runsOn(Instructions.AVX2, "SkylakeX"), "illegal instructions end the process");
    }

    @Test
    void refusesAnEmptyField() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Machine("cpu", 2, "AVX2", "OpenBLAS 0.3.19", "", "17", "Linux"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Machine("cpu", 0, "AVX2", "OpenBLAS 0.3.19", "Haswell", "17", "Linux"));
    }
}
