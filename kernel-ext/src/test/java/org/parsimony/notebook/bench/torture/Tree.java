package org.parsimony.notebook.bench.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process and all that it started, in which one may be killed. */
final class Tree {

    /** What a process of a tree is. */
    enum Role {
        /** A program that carries out recipes by itself. */
        DRIVER,
        /** {@code ./parsimony run}. */
        RUNNER,
        /** The Python that sends cells to the kernel. */
        CLIENT,
        /** The kernel. */
        KERNEL
    }

    private static final String MARK = "PARSIMONY_TORTURE";

    private final Process root;
    private final Path log;
    private final Path notebook;
    private boolean metFullDisk;

    private Tree(Process root, Path notebook, Path log) {
        this.root = root;
        this.notebook = notebook;
        this.log = log;
    }

    /**
     * Starts a tree.
     *
     * @param notebook where its executed notebook will be; null for a driver
     * @param log where what it prints goes; its name also tells the processes of this tree from all others
     */
    static Tree start(List<String> command, Map<String, String> environment, Path notebook, Path log)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put(MARK, log.toString());
        return new Tree(builder.start(), notebook, log);
    }

    /** Whether a process of this role could be in it. */
    boolean mayHave(Role role) {
        return (notebook == null) == (role == Role.DRIVER);
    }

    /** The process of this role, if it is there and alive. */
    Optional<ProcessHandle> find(Role role) {
        Stream<ProcessHandle> found =
                switch (role) {
                    case DRIVER, RUNNER -> Stream.of(root.toHandle());
                    case CLIENT -> root.children();
                    case KERNEL -> root.children().flatMap(ProcessHandle::children);
                };
        return found.filter(ProcessHandle::isAlive).findFirst();
    }

    boolean isAlive() {
        return root.isAlive();
    }

    /** The status of a tree that has ended. */
    int status() {
        return root.exitValue();
    }

    /** That the disk was full while it ran: it may end with an error then. */
    void meetFullDisk() {
        metFullDisk = true;
    }

    boolean metFullDisk() {
        return metFullDisk;
    }

    /** All that it has printed. */
    String said() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }

    /** All that its cells have printed, as far as the notebook was written. */
    String cellsSaid() throws IOException {
        return notebook != null && Files.exists(notebook) ? Files.readString(notebook) : "";
    }

    /** Waits until no process of the tree is left; those that are after so many seconds. */
    Set<ProcessHandle> left(int seconds, Set<ProcessHandle> known) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            Set<ProcessHandle> left = new LinkedHashSet<>(marked());
            known.stream().filter(ProcessHandle::isAlive).forEach(left::add);
            if (left.isEmpty() || System.nanoTime() > end) {
                return left;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** The tree as it is now. */
    Set<ProcessHandle> all() {
        Set<ProcessHandle> all = new LinkedHashSet<>(root.descendants().toList());
        all.add(root.toHandle());
        return all;
    }

    /** The processes that have this tree's mark in their environment, whoever is their parent by now; on Linux. */
    private List<ProcessHandle> marked() throws IOException {
        List<ProcessHandle> marked = new ArrayList<>();
        Path processes = Path.of("/proc");
        if (!Files.isDirectory(processes)) {
            return marked;
        }
        try (Stream<Path> all = Files.list(processes)) {
            for (Path process : all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .toList()) {
                if (hasMark(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(marked::add);
                }
            }
        }
        return marked;
    }

    private boolean hasMark(Path process) {
        try {
            byte[] environment = Files.readAllBytes(process.resolve("environ"));
            return List.of(new String(environment, StandardCharsets.UTF_8).split("\0"))
                    .contains(MARK + "=" + log);
        } catch (IOException e) {
            return false; // it has ended meanwhile, or is another user's
        }
    }

    /** Ends whatever is left of it. */
    void end(Set<ProcessHandle> left) {
        left.forEach(ProcessHandle::destroyForcibly);
    }
}
