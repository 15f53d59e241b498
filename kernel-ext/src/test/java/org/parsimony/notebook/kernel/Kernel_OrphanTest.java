package org.parsimony.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * No kernel outlives those who could speak to it.
 *
 * <p>Reported of other kernels: a parent that is not process 1 is missed (ipython/ipykernel#517, #1271,
 * jupyter/jupyter_console#221), a parent that is process 1 is taken for dead (ipython/ipykernel#233), wrappers between parent
 * and kernel (bluss/pyproject-local-kernel#37, #59).
 */
@DisabledOnOs(OS.WINDOWS)
class Kernel_OrphanTest {

    private static final int PATIENCE = 60;

    @TempDir
    Path folder;

    /** A shell that starts the kernel as its child, so that the kernel has a parent that can be killed. */
    private KernelProcess child(String variable) throws IOException {
        return KernelProcess.under(
                folder,
                List.of("sh", "-c", variable + " \"$@\" & echo $! > " + folder.resolve("pid") + "; wait", "sh"));
    }

    private ProcessHandle kernel() throws IOException {
        return ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("pid")).strip()))
                .orElseThrow();
    }

    private static boolean ends(ProcessHandle process) throws InterruptedException {
        for (int i = 0; i < 10 * PATIENCE && process.isAlive(); i++) {
            Thread.sleep(100);
        }
        return !process.isAlive();
    }

    @Test
    void aKernelEndsWithTheParentThatJupyterNames() throws Exception {
        try (KernelProcess parent = child("JPY_PARENT_PID=$$")) {
            ProcessHandle kernel = kernel();
            String id = parent.begin("System.out.println(\"on\"); while (true) { }");
            parent.awaitPublished(id, "stream");
            parent.kill();
            assertTrue(ends(kernel), "a kernel in the middle of an endless cell");
        }
    }

    @Test
    void aKernelThatWasStartedByHandStays() throws Exception {
        try (KernelProcess parent = child("")) {
            ProcessHandle kernel = kernel();
            parent.kill();
            Thread.sleep(3000);
            assertEquals("2", parent.execute("1 + 1").result());
            assertTrue(kernel.isAlive());
            kernel.destroyForcibly();
        }
    }

    @Test
    void aKernelBehindAWrapperEndsWithItsGrandparent() throws Exception {
        Process grandparent = new ProcessBuilder("sleep", "600").start();
        try (KernelProcess wrapper = child("JPY_PARENT_PID=" + grandparent.pid())) {
            ProcessHandle kernel = kernel();
            assertEquals("2", wrapper.execute("1 + 1").result());
            grandparent.destroyForcibly();
            assertTrue(ends(kernel));
        } finally {
            grandparent.destroyForcibly();
        }
    }

    @Test
    void aKernelEndsAtASignalInTheMiddleOfACell() throws Exception {
        for (String signal : List.of("HUP", "TERM")) {
            try (KernelProcess kernel = new KernelProcess(folder, Map.of())) {
                String id = kernel.begin("System.out.println(\"on\"); while (true) { }");
                kernel.awaitPublished(id, "stream");
                new ProcessBuilder("kill", "-" + signal, Long.toString(kernel.pid()))
                        .start()
                        .waitFor();
                assertTrue(kernel.endsWithin(PATIENCE), signal);
            }
        }
    }

    @Test
    void aParentThatIsNowhereEndsAKernelToWhichNobodySpeaks() throws Exception {
        assertTrue(ended(Map.of(ParentWatch.VARIABLE, "99999999"), false));
        assertFalse(ended(Map.of(ParentWatch.VARIABLE, "99999999"), true));
    }

    @Test
    void whatIsNoParentIsNotWatched() throws Exception {
        assertFalse(ended(Map.of(), false));
        assertFalse(ended(Map.of(ParentWatch.VARIABLE, "1"), false));
        assertFalse(ended(Map.of(ParentWatch.VARIABLE, "none"), false));
    }

    private static boolean ended(Map<String, String> environment, boolean spokenTo) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        new ParentWatch(environment, () -> spokenTo, Duration.ofMillis(100), end::countDown).begin();
        return end.await(500, TimeUnit.MILLISECONDS);
    }
}
