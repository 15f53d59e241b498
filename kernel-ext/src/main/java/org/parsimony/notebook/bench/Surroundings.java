package org.parsimony.notebook.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.parsimony.base.Build;
import org.parsimony.network.machine.Machine;

/** What the environment does to both sides of a comparison, and how the peers are freed of it. */
public final class Surroundings {

    /** Variables that make OpenBLAS, ours and PyTorch's, take another kernel or other blocks than are best here. */
    static final List<String> SLOWING = List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE");

    /** Variables that the launcher sets for ND4J, and that would hold a peer to fewer threads than it asks for. */
    private static final List<String> THREADS =
            List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "MKL_NUM_THREADS");

    /** Without these, glibc maps and returns PyTorch's tensors at every step, and it runs at a quarter of its speed. */
    static final Map<String, String> ALLOCATOR =
            Map.of("MALLOC_MMAP_THRESHOLD_", "1073741824", "MALLOC_TRIM_THRESHOLD_", "4294967296");

    private static final Path DEBIAN = Path.of("/usr/bin/python3");

    private Surroundings() {}

    /** The head of every bench: machine, commit, and what of the environment slows it. */
    static List<String> head(Map<String, String> environment) {
        List<String> lines = new ArrayList<>();
        lines.add(Machine.here().toString());
        lines.add("commit " + Build.here().commit());
        String set = slowing(environment);
        if (!set.isEmpty()) {
            lines.add(set
                    + " in the environment, which slows both sides of a comparison: the peers run without it, ours keeps"
                    + " it. --unset runs ours without it, too.");
        }
        return lines;
    }

    /** The slowing variables that are set, {@code NAME=VALUE}, in words for a sentence; empty if there are none. */
    static String slowing(Map<String, String> environment) {
        return SLOWING.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .map(name -> name + "=" + environment.get(name))
                .collect(Collectors.joining(" and "));
    }

    /** Whether something in this process's environment slows it. */
    public static boolean slowed() {
        return !slowing(System.getenv()).isEmpty();
    }

    /** The environment that a peer runs in: what slows it is gone, and its allocator keeps its memory. */
    static void free(Map<String, String> environment) {
        SLOWING.forEach(environment::remove);
        THREADS.forEach(environment::remove);
        environment.putAll(ALLOCATOR);
    }

    /** The Python of Debian's {@code python3-torch} and {@code python3-scipy} where there is one. */
    public static String python() {
        return Files.isExecutable(DEBIAN) ? DEBIAN.toString() : "python3";
    }

    /** What {@link #SLOWING} is in a process that is not slowed: each without a value, which is to say not set. */
    public static Map<String, String> withoutWhatSlows() {
        return SLOWING.stream().collect(Collectors.toMap(name -> name, name -> ""));
    }
}
