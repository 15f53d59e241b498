package org.parsimony.notebook.kernel;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Ends a kernel whose parent has gone, as Jupyter's own kernel does: a front end that was killed cannot ask for shutdown,
 * and a kernel without one holds memory until the machine restarts.
 *
 * <p>Jupyter names the parent in {@code JPY_PARENT_PID}. A kernel that was started by hand has none and stays. A parent that
 * is not there at all has either died within the kernel's first second, or counts its processes apart from ours, as a
 * container does: then the kernel ends if nobody has spoken to it after half a minute.
 */
final class ParentWatch {

    static final String VARIABLE = "JPY_PARENT_PID";

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final long parent;
    private final BooleanSupplier spokenTo;
    private final Duration patience;
    private final Runnable end;

    /**
     * @param environment of this process
     * @param spokenTo whether any front end has sent a message yet
     * @param patience how long a kernel waits for a front end whose process it cannot see
     * @param end ends the kernel
     */
    ParentWatch(Map<String, String> environment, BooleanSupplier spokenTo, Duration patience, Runnable end) {
        this.parent = parent(environment);
        this.spokenTo = spokenTo;
        this.patience = patience;
        this.end = end;
    }

    /** Zero if there is none to watch: the first process of a machine never goes, and on Windows the number is no process. */
    private static long parent(Map<String, String> environment) {
        String name = environment.getOrDefault(VARIABLE, "");
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
        return windows || !name.matches("\\d{1,18}") || Long.parseLong(name) == 1 ? 0 : Long.parseLong(name);
    }

    /** Watches in a thread of its own. */
    void begin() {
        if (parent > 0) {
            // Asked at once: a parent that dies while the compiler starts must be missed too.
            boolean ours = parentOfThisProcess() == parent;
            Optional<ProcessHandle> process = ProcessHandle.of(parent);
            Thread thread = new Thread(() -> watch(ours, process), "parent watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void watch(boolean ours, Optional<ProcessHandle> process) {
        try {
            if (ours) {
                // A process that has lost its parent gets another at once, also where the dead one is not yet buried.
                while (parentOfThisProcess() == parent) {
                    Thread.sleep(PERIOD.toMillis());
                }
            } else if (process.isPresent()) {
                while (process.get().isAlive()) {
                    Thread.sleep(PERIOD.toMillis());
                }
            } else {
                Thread.sleep(patience.toMillis());
                if (spokenTo.getAsBoolean()) {
                    return;
                }
            }
            end.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long parentOfThisProcess() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
    }
}
