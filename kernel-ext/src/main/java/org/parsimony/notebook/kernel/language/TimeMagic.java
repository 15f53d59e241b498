package org.parsimony.notebook.kernel.language;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.Notebook;

/** {@code %time statement} and {@code %%time} above a cell: wall and processor time of what it evaluates. */
public final class TimeMagic implements Magic {

    private final Notebook notebook;

    /** @param notebook evaluates what is timed */
    public TimeMagic(Notebook notebook) {
        this.notebook = notebook;
    }

    @Override
    public String name() {
        return "time";
    }

    @Override
    public String summary() {
        return "evaluate Java and print how long it took";
    }

    @Override
    public Class<?> resultType() {
        return Object.class;
    }

    @Override
    public boolean takesBody() {
        return true;
    }

    @Override
    public Object run(List<String> arguments, String body) throws Exception {
        String code = body == null ? String.join(" ", arguments) : String.join(" ", arguments) + "\n" + body;
        if (code.isBlank()) {
            throw new IllegalArgumentException("nothing to time: write %time and a statement, or %%time above a cell");
        }
        long cpu = processorNanos();
        long wall = System.nanoTime();
        Object value = notebook.eval(code);
        wall = System.nanoTime() - wall;
        cpu = processorNanos() - cpu;
        System.out.println("wall " + seconds(wall) + ", processor " + seconds(cpu));
        return value;
    }

    /** Of the whole process, so that the work of pools and of native code counts. */
    private static long processorNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private static String seconds(long nanos) {
        return nanos < 1_000_000_000L
                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
