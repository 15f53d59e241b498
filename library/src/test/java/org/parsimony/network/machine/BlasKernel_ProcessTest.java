package org.parsimony.network.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Fresh processes multiply with the same kernel, however early ND4J was loaded, and leave the environment alone. */
@EnabledOnOs(OS.LINUX)
class BlasKernel_ProcessTest {

    @Test
    void theSameKernelWhoeverLoadsNd4jFirst() throws Exception {
        List<String> early = probe(null, "early");
        List<String> late = probe(null, "late");
        assertEquals(early, late);
        assertTrue(early.get(0).endsWith(" FASTEST"), early.get(0));
        assertEquals("child:", early.get(2));
        assertTrue(early.get(3).contains(", kernel " + early.get(0).split(" ")[0] + ";"), early.get(3));
    }

    @Test
    void theEnvironmentIsKeptAndAnotherKernelCanFollow() throws Exception {
        assumeTrue(Processor.here().instructions().ordinal() <= Instructions.AVX2.ordinal(), "a processor with AVX2");
        List<String> lines = probe("nehalem", "early", "Haswell", "Nehalem");
        assertEquals("Nehalem NAMED", lines.get(0));
        assertEquals("child: nehalem", lines.get(2));
        String own = lines.get(1);
        assertTrue(lines.get(4).startsWith("Haswell true "), lines.get(4));
        assertTrue(lines.get(4).endsWith(" right"), lines.get(4));
        assertNotEquals(own, lines.get(4).split(" ")[2], "fused multiply-add rounds once, not twice");
        assertEquals("Nehalem true " + own + " right", lines.get(5));
    }

    private static List<String> probe(String named, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx500m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                KernelProbe.class.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove(BlasKernel.VARIABLE);
        if (named != null) {
            builder.environment().put(BlasKernel.VARIABLE, named);
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }
}
