package org.parsimony.network.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void refusesAnEmptyField() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Machine("cpu", 2, "AVX2", "OpenBLAS 0.3.19", "", "17", "Linux"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Machine("cpu", 0, "AVX2", "OpenBLAS 0.3.19", "Haswell", "17", "Linux"));
    }
}
