package org.parsimony.notebook.bench.torture;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.parsimony.base.Home;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Materials;
import org.parsimony.network.Model;
import org.parsimony.notebook.bench.torture.Tree.Role;

/**
 * Kills one process after another at random moments, of two drivers and a notebook that work on one run store, and counts
 * what was lost, done twice, left behind or read half-written. Which process dies, how, and after how long follows from the
 * seed; what it was doing just then does not.
 */
public final class TortureBench {

    private static final int DRIVERS = 2;
    private static final int TREES = DRIVERS + 1;

    /** With so many something is so wrong that more kills tell nothing. */
    private static final int MOST_PROBLEMS = 25;

    /** A tree must have ended so long after one of its processes was killed. */
    private static final int GRACE_SECONDS = 60;

    /** Of so many kills one comes on a full disk. */
    private static final int FULL_EVERY = 8;

    /** A driver starts sooner than a notebook, so it is killed more often: a deck of nine for each of two signals. */
    private static final Map<Role, Integer> DECK =
            new EnumMap<>(Map.of(Role.DRIVER, 4, Role.KERNEL, 2, Role.RUNNER, 2, Role.CLIENT, 1));

    /**
     * What is to be tried.
     *
     * @param kills how many, at least 1
     * @param seed of the order and the moments
     * @param pause mean seconds from one kill to the next
     * @param disk a folder on a small disk that is filled now and then; null for none
     * @param most minutes after which no further kill begins
     */
    public record Plan(int kills, long seed, double pause, Path disk, Duration most) {

        public Plan {
            Require.atLeast("--kills", kills, 1);
            Require.that(pause > 0, "--pause is %s, but must be above 0 seconds", pause);
        }
    }

    private record Blow(Role role, boolean hard) {}

    private final Plan plan;
    private final PrintStream out;
    private final String program;
    private final Random random;
    private final Path folder;
    private final Path work;
    private final Workload workload;
    private final Ledger ledger;
    private final Tree[] trees = new Tree[TREES];
    private final Map<Blow, Integer> blows = new java.util.LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private int number;
    private int done;
    private int fills;
    private int refusals;
    private int ended;
    private int left;
    private int half;
    private int different;

    private TortureBench(Plan plan, String program, PrintStream out) throws IOException {
        this.plan = plan;
        this.program = program;
        this.out = out;
        random = new Random(plan.seed());
        folder = Files.createTempDirectory("parsimony-torture");
        if (plan.disk() != null) {
            Ballast.require(plan.disk());
        }
        work = Files.createTempDirectory(plan.disk() == null ? folder : plan.disk(), "work");
        workload = new Workload(folder);
        ledger = new Ledger(work.resolve("runs.sqlite"));
    }

    /**
     * Carries the plan out and prints its table.
     *
     * @param program the main class of the command line, which runs notebooks
     * @return whether nothing was lost, done twice, left, or half-written
     */
    public static boolean run(Plan plan, Class<?> program, PrintStream out) throws IOException, InterruptedException {
        TortureBench bench = new TortureBench(plan, program.getName(), out);
        try {
            bench.torture();
        } finally {
            for (Tree tree : bench.trees) {
                if (tree != null) {
                    tree.end(tree.all());
                }
            }
        }
        bench.examine();
        return bench.report();
    }

    private void torture() throws IOException, InterruptedException {
        long end = System.nanoTime() + plan.most().toNanos();
        List<Blow> deck = new ArrayList<>();
        for (int i = 0; i < TREES; i++) {
            trees[i] = start(i);
        }
        while (done < plan.kills() && System.nanoTime() < end && problems() < MOST_PROBLEMS) {
            if (deck.isEmpty()) {
                deck = deck();
            }
            boolean onFullDisk = plan.disk() != null && random.nextInt(FULL_EVERY) == 0;
            double wait = 2 * plan.pause() * random.nextDouble();
            if (onFullDisk) {
                fills++;
                Ballast ballast = Ballast.in(work);
                try {
                    for (Tree tree : trees) {
                        tree.meetFullDisk();
                    }
                    strike(deck.remove(deck.size() - 1), wait);
                } finally {
                    ballast.close();
                }
            } else {
                strike(deck.remove(deck.size() - 1), wait);
            }
            for (int i = 0; i < TREES; i++) {
                if (!trees[i].isAlive()) {
                    finish(trees[i], trees[i].all(), false);
                    trees[i] = start(i);
                }
            }
            ledger.check();
            if (done > 0 && done % 10 == 0) {
                out.println(done + " kills, " + ledger.finished() + " finished runs, " + problems() + " faults");
            }
        }
        for (Tree tree : trees) {
            Set<ProcessHandle> all = tree.all();
            all.forEach(ProcessHandle::destroy);
            finish(tree, all, true);
        }
        ledger.check();
    }

    private List<Blow> deck() {
        List<Blow> deck = new ArrayList<>();
        DECK.forEach((role, count) -> {
            for (int i = 0; i < count; i++) {
                deck.add(new Blow(role, true));
                deck.add(new Blow(role, false));
            }
        });
        Collections.shuffle(deck, random);
        return deck;
    }

    /** Waits for a process of the role, then for {@code seconds}, and kills it unless its tree has ended by itself. */
    private void strike(Blow blow, double seconds) throws IOException, InterruptedException {
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < TREES; i++) {
            if (trees[i].mayHave(blow.role())) {
                candidates.add(i);
            }
        }
        int at = candidates.get(random.nextInt(candidates.size()));
        Tree tree = trees[at];
        while (tree.isAlive() && tree.find(blow.role()).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        TimeUnit.MILLISECONDS.sleep((long) (1000 * seconds));
        Set<ProcessHandle> all = tree.all();
        Optional<ProcessHandle> victim = tree.find(blow.role());
        if (victim.isEmpty()) {
            return; // it has ended by itself; whoever starts it anew looks at why
        }
        if (blow.hard()) {
            victim.get().destroyForcibly();
        } else {
            victim.get().destroy();
        }
        done++;
        blows.merge(blow, 1, Integer::sum);
        finish(tree, all, true);
        trees[at] = start(at);
    }

    /** Sees that nothing is left of a tree, takes its word for what it finished, and asks an unkilled one why it ended. */
    private void finish(Tree tree, Set<ProcessHandle> known, boolean killed) throws IOException, InterruptedException {
        Set<ProcessHandle> rest = tree.left(GRACE_SECONDS, known);
        left += rest.size();
        rest.forEach(process -> failures.add(
                "left: " + process.pid() + " " + process.info().commandLine().orElse("")));
        tree.end(rest);
        ledger.tell(tree.said());
        ledger.tell(tree.cellsSaid());
        if (!killed && !tree.isAlive() && tree.status() != 0) {
            if (tree.metFullDisk()) {
                refusals++;
            } else {
                ended++;
                failures.add("failed: " + tree.said().strip());
            }
        }
    }

    private Tree start(int place) throws IOException {
        number++;
        int seeds = 2 + ledger.finished() / 2;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib") && !argument.startsWith("-javaagent"))
                .toList());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        Path notebook = null;
        if (place < DRIVERS) {
            command.addAll(List.of(Driver.class.getName(), Long.toString(random.nextInt())));
            workload.recipes(seeds).forEach(file -> command.add(file.toString()));
        } else {
            Path source = workload.notebook(number, seeds, random);
            Path results = work.resolve("out-" + number);
            notebook = results.resolve(source.getFileName());
            command.addAll(List.of(program, "run", source.toString(), "--out", results.toString()));
        }
        Map<String, String> environment = new HashMap<>();
        environment.put("PARSIMONY_RUNS", work.resolve("runs.sqlite").toString());
        // the cells run in a folder that is no checkout
        Home.checkout()
                .ifPresent(root ->
                        environment.put("PARSIMONY_DATA", root.resolve("data").toString()));
        return Tree.start(command, environment, notebook, folder.resolve("tree-" + number + ".txt"));
    }

    /** Reads every file that was left, and carries every finished run out again, undisturbed. */
    private void examine() throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".") && !isWhole(file, name)) {
                    half++;
                    failures.add("half-written: " + file);
                }
            }
        }
        Path store = work.resolve("runs.sqlite");
        Workplace place = new Workplace(store, folder.resolve("networks"), new Materials(), 1);
        for (String id : ledger.ids()) {
            List<String> differing = place.reproduce(id, Progress.NONE).differing();
            if (!differing.isEmpty()) {
                different++;
                failures.add("run " + id + " differs from an undisturbed one: " + differing);
            }
        }
    }

    private static boolean isWhole(Path file, String name) throws IOException {
        try {
            if (name.endsWith(".zip")) {
                Model.read(file);
            } else if (name.endsWith(".json") || name.endsWith(".ipynb")) {
                JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            }
            return true;
        } catch (IllegalArgumentException | IllegalStateException | JsonParseException e) {
            return false;
        }
    }

    private int problems() {
        return ledger.lost() + ledger.twice() + left + ended + half + different;
    }

    private boolean report() {
        out.println();
        out.println("| killed | SIGKILL | SIGTERM |");
        out.println("|---|---|---|");
        for (Role role : Role.values()) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d |%n",
                    role.name().toLowerCase(Locale.ROOT),
                    blows.getOrDefault(new Blow(role, true), 0),
                    blows.getOrDefault(new Blow(role, false), 0));
        }
        out.println();
        out.println("| seed " + plan.seed() + ", " + done + " kills | |");
        out.println("|---|---|");
        out.println("| finished runs, of which a process or a notebook had said so | " + ledger.finished() + ", "
                + ledger.told() + " |");
        out.println("| finished runs lost | " + ledger.lost() + " |");
        out.println("| stored or changed twice | " + ledger.twice() + " |");
        out.println("| processes left " + GRACE_SECONDS + " s after a kill, kernels among them | " + left + " |");
        out.println("| half-written files under a name that is read | " + half + " |");
        out.println("| runs that differ from the same recipe undisturbed | " + different + " |");
        out.println("| trees that failed without a kill | " + ended + " |");
        if (plan.disk() != null) {
            out.println("| times that the disk was full; trees that ended then with an error | " + fills + ", "
                    + refusals + " |");
        }
        failures.forEach(out::println);
        return problems() == 0;
    }
}
