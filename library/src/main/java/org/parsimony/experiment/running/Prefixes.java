package org.parsimony.experiment.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.base.WholeFile;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.StepTrace;
import org.parsimony.experiment.Tier;
import org.parsimony.experiment.Traces;
import org.parsimony.network.Model;
import org.parsimony.network.Score;
import org.parsimony.network.machine.Machine;

/**
 * The networks that recipes have reached, step by step, in a folder: recipes that begin alike share the work, and an
 * interrupted one goes on after its last finished step.
 *
 * <p>A state is two files, the network's {@code .zip} and what was told of the way to it, {@code .json}, which is written
 * last: a state without it was not finished and counts for nothing. Its name depends on data, network, seed, steps and on
 * the library's own build and the BLAS kernel, so that
 * another version or machine never goes on from this one's networks. The oldest states go when the
 * folder outgrows its limit.
 */
public final class Prefixes {

    /** What the folder may hold, in bytes. */
    private static final long LIMIT = 2L << 30;

    private static final String TOLD = ".json";
    private static final String NETWORK = ".zip";

    private final Path folder;
    private final String build;

    /** @param folder where the states lie; made when the first one is kept */
    public Prefixes(Path folder) {
        this(folder, LibraryBuild.id() + Machine.here().kernel());
    }

    Prefixes(Path folder, String build) {
        this.folder = folder;
        this.build = build;
    }

    /**
     * Where a recipe stands after some of its steps.
     *
     * @param model the network
     * @param told what is known of the way to it
     */
    record State(Model model, Told told) {}

    /**
     * The way to a network.
     *
     * @param steps finished so far
     * @param before test score of the dense baseline; null before the first step
     * @param after test score right after the last change; null for none
     * @param changedAlready whether a step has changed the network otherwise than by training
     * @param epochs passes over the training samples that the weights have had
     * @param batchSize of the last training
     * @param memory the greatest modelled training memory that a step told of, in bytes; -1 for none
     */
    record Told(
            List<StepTrace> steps,
            Score before,
            Score after,
            boolean changedAlready,
            double epochs,
            int batchSize,
            long memory) {

        static final Told NOTHING = new Told(List.of(), null, null, false, 0, 1, -1);

        double seconds() {
            return steps.stream().mapToDouble(StepTrace::seconds).sum();
        }
    }

    /** The name of the state after all steps of {@code prefix}. */
    String name(Recipe prefix) {
        return Recipe.sha256(prefix.withTier(Tier.SMOKE).json() + build).substring(0, 32);
    }

    /** A file beside the states that a long step may save itself to. */
    Path checkpoint(Recipe prefix) {
        return folder.resolve(name(prefix) + ".checkpoint");
    }

    /** The state after all steps of {@code prefix}, if it is there whole. */
    public Optional<State> find(Recipe prefix) {
        Path told = folder.resolve(name(prefix) + TOLD);
        Path network = folder.resolve(name(prefix) + NETWORK);
        if (!Files.exists(told) || !Files.exists(network)) {
            return Optional.empty();
        }
        try {
            State state = new State(Model.read(network), read(Files.readString(told)));
            Files.setLastModifiedTime(told, FileTime.from(Instant.now()));
            return Optional.of(state);
        } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
            return Optional.empty(); // evicted meanwhile, or damaged: it is computed again and replaced
        }
    }

    /** Keeps the state after all steps of {@code prefix}. */
    void keep(Recipe prefix, State state) {
        try {
            state.model().save(folder.resolve(name(prefix) + NETWORK), Model.OptimiserState.LEFT_OUT);
            WholeFile.write(
                    folder.resolve(name(prefix) + TOLD), write(state.told()).getBytes(StandardCharsets.UTF_8));
            Files.deleteIfExists(checkpoint(prefix));
            shrink();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot keep the network after step " + prefix.steps().size() + " in " + folder + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Other processes write and delete here at the same time. */
    private synchronized void shrink() throws IOException {
        WholeFile.sweep(folder, Duration.ofHours(1));
        List<Path> told;
        long total = 0;
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                total += size(file);
            }
            told = all.stream().filter(file -> file.toString().endsWith(TOLD)).toList();
        }
        if (total <= LIMIT) {
            return;
        }
        Map<Path, Long> ages = new TreeMap<>();
        for (Path file : told) {
            ages.put(file, age(file));
        }
        for (Path file : told.stream().sorted(Comparator.comparing(ages::get)).toList()) {
            if (total <= LIMIT * 3 / 4) {
                return;
            }
            Path network = file.resolveSibling(file.getFileName().toString().replace(TOLD, NETWORK));
            total -= size(file) + size(network);
            Files.deleteIfExists(file);
            Files.deleteIfExists(network);
        }
    }

    private static long age(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static String write(Told told) {
        SortedMap<String, Object> map = new TreeMap<>();
        map.put("steps", told.steps().stream().map(Traces::write).toList());
        map.put("before", told.before() == null ? null : Records.write(told.before()));
        map.put("after", told.after() == null ? null : Records.write(told.after()));
        map.put("changedAlready", told.changedAlready());
        map.put("epochs", Json.normal(told.epochs()));
        map.put("batchSize", (long) told.batchSize());
        map.put("memory", told.memory());
        return Json.write(map);
    }

    private static Told read(String json) {
        Parts parts = Records.read("state", Json.readObject("state", json), Parts.class, null);
        return new Told(
                parts.steps.stream().map(Traces::readStep).toList(),
                parts.before,
                parts.after,
                parts.changedAlready,
                parts.epochs,
                parts.batchSize,
                parts.memory);
    }

    private record Parts(
            List<SortedMap<String, Object>> steps,
            Score before,
            Score after,
            boolean changedAlready,
            double epochs,
            int batchSize,
            long memory) {}
}
