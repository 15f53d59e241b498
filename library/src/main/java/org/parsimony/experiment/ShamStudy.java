package org.parsimony.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.parsimony.base.Numbers;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.coding.Code;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.data.Dataset;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;
import org.parsimony.network.Trainer;
import org.parsimony.sham.Quantiser;
import org.parsimony.sham.Sham;
import org.parsimony.sham.ShamOutcome;

/**
 * The comparison of the HAM and sHAM notebook: pruning, four quantisers and every pair of them, over percentiles,
 * numbers of values and seeds, in the run store. Every arm of a seed starts from the same trained original.
 *
 * <p>{@code bytesDisk} of a row has, in bytes: {@code dense}, the chosen layers as 32-bit floats; each code's size of
 * them by its own accounting; HAM's and sHAM's as the paper's scripts count and with that count corrected; and
 * {@code pars}, the whole file. Over {@code dense} they are the occupancies ψ, columns {@code psi.CODE} of a run's table.
 */
public final class ShamStudy {

    /** The folder in {@code papers/}. */
    public static final String PAPER = "sham";

    /** What the original is called among the methods. */
    public static final String ORIGINAL = "original";

    private ShamStudy() {}

    /**
     * A name as the papers have it: {@code Pr}, a quantiser, or {@code Pr-} and a quantiser; {@code u} before a quantiser
     * with one codebook for all layers.
     */
    public static String method(Sham.Options options) {
        boolean pruned = false;
        for (double p : options.percentiles()) {
            pruned |= p > 0;
        }
        if (options.quantiser() == Quantiser.NONE) {
            return pruned ? "Pr" : ORIGINAL;
        }
        String quantiser = (options.codebooks() == Sham.Scope.NETWORK ? "u" : "") + options.quantiser();
        return pruned ? "Pr-" + quantiser : quantiser;
    }

    /** The arm that other arms with the same {@code base} are compared with. */
    public static Sham.Options original(Sham.Options base) {
        return base.quantiser(Quantiser.NONE).percentiles(0);
    }

    /**
     * The grid of the papers: the original; pruning at every percentile; every quantiser at every k; both together at
     * every pair of {@code both} and k.
     *
     * @param base what the arms have in common
     * @param percentiles for pruning alone
     * @param k for quantisers alone and after pruning
     * @param both percentiles for pruning and a quantiser
     */
    public static List<Sham.Options> grid(Sham.Options base, double[] percentiles, int[] k, double[] both) {
        List<Sham.Options> arms = new ArrayList<>();
        Sham.Options plain = original(base);
        arms.add(plain);
        for (double p : percentiles) {
            arms.add(plain.percentiles(p));
        }
        for (Quantiser quantiser : Quantiser.values()) {
            if (quantiser != Quantiser.NONE) {
                for (int values : k) {
                    arms.add(plain.quantiser(quantiser).k(values));
                }
            }
        }
        for (double p : both) {
            for (Quantiser quantiser : Quantiser.values()) {
                if (quantiser != Quantiser.NONE) {
                    for (int values : k) {
                        arms.add(plain.percentiles(p).quantiser(quantiser).k(values));
                    }
                }
            }
        }
        return List.copyOf(arms);
    }

    /**
     * The arms that claims speak of: those of a data set and network whose options name {@code percentiles} or {@code k}.
     *
     * @param base what the arms have in common
     */
    public static List<Sham.Options> claimed(List<Claim> claims, String dataset, String network, Sham.Options base) {
        Map<String, Sham.Options> arms = new LinkedHashMap<>();
        for (Claim claim : claims) {
            Map<String, Object> options = claim.options();
            if (claim.dataset().equals(dataset) && claim.network().equals(network) && options.containsKey("k")) {
                String quantiser = claim.method().replaceFirst("^Pr-", "");
                arms.put(
                        claim.method() + options,
                        base.quantiser(Quantiser.valueOf(quantiser))
                                .percentiles(Numbers.of("percentiles", list(options.getOrDefault("percentiles", "0"))))
                                .k(Numbers.whole("k", list(options.get("k"))))
                                .population(constant(options, "population", base.population()))
                                .codebooks(constant(options, "codebooks", base.codebooks())));
            }
        }
        return List.copyOf(arms.values());
    }

    /** As recipes write constants: in small letters. */
    private static <E extends Enum<E>> E constant(Map<String, Object> options, String name, E otherwise) {
        Object text = options.get(name);
        return text == null
                ? otherwise
                : Enum.valueOf(otherwise.getDeclaringClass(), text.toString().toUpperCase(Locale.ROOT));
    }

    private static String list(Object value) {
        return String.valueOf(value).replaceAll("[\\[\\]]", "");
    }

    /**
     * Runs what the store lacks of seeds 1 to {@code seeds}.
     *
     * @param network what the original is called in the recipes, for example {@code "784-300-100-10"}
     * @param untrained the original before training, by seed; it is trained for {@code epochs} of the first arm, which may
     *     be 0 for a network that comes trained
     * @param data whose training samples are limited to {@code samples}, the other splits whole
     * @param samples training samples to draw, at least 1; the recipe records it
     * @param arms one for each row; all with the same {@code epochs} and {@code batchSize}
     * @param threads seeds that run side by side
     * @return a run for every arm and seed
     */
    public static List<Run> run(
            RunStore store,
            Tier tier,
            String network,
            LongFunction<Model> untrained,
            Dataset data,
            int samples,
            List<Sham.Options> arms,
            int seeds,
            int threads,
            Progress progress) {
        Require.between("training samples", samples, 1, data.train().size());
        Require.atLeast("seeds", seeds, 1);
        Require.atLeast("number of arms", arms.size(), 1);
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        for (Sham.Options arm : arms) {
            Require.that(
                    arm.epochs() == arms.get(0).epochs()
                            && arm.batchSize() == arms.get(0).batchSize(),
                    "arms differ in epochs or batchSize of the original, but must start from the same one");
            Recipe recipe =
                    Recipe.of(method(arm), data.name(), network, tier, arm).withOption("trainSamples", samples);
            recipes.put(recipe.withSeed(0).id(), recipe);
        }
        return Study.run(
                store,
                PAPER,
                recipes,
                LongStream.rangeClosed(1, seeds).toArray(),
                threads,
                (seed, rows, own) -> oneSeed(untrained.apply(seed), data, samples, arms, recipes, seed, rows, own),
                progress);
    }

    private static void oneSeed(
            Model original,
            Dataset data,
            int samples,
            List<Sham.Options> arms,
            Map<String, Recipe> recipes,
            long seed,
            Study.Rows rows,
            Progress progress) {
        Dataset drawn =
                data.limited(samples, data.validation().size(), data.test().size(), seed);
        Sham.Options first = arms.get(0);
        double steps = recipes.size() + 1.0;
        if (first.epochs() > 0) {
            var schedule = new Trainer.Options()
                    .epochs(first.epochs())
                    .batchSize(first.batchSize())
                    .seed(seed);
            Trainer.run(original, drawn.train(), drawn.validation(), schedule, progress.part(0, 1 / steps));
        }
        var arm = new Object() {
            int done;
        };
        Map<String, ShamOutcome> pruned = new HashMap<>();
        recipes.forEach((name, recipe) -> {
            Progress own = progress.part((arm.done + 1) / steps, (arm.done + 2) / steps);
            Sham.Options options = arms.get(arm.done++).seed(seed);
            if (rows.lack(name)) {
                rows.add(
                        name,
                        recipe.method().equals(ORIGINAL)
                                ? original(original, drawn, options)
                                : row(original, drawn, options, pruned, own));
            }
        });
    }

    /** The row of one arm; pruning and retraining, which many arms begin with, are done once. */
    private static Study.Row row(
            Model original, Dataset data, Sham.Options options, Map<String, ShamOutcome> pruned, Progress progress) {
        Sham.Options trained = options.epochs(0, options.pruneEpochs(), options.tuneEpochs());
        if (!method(options).startsWith("Pr")) {
            return row(Sham.run(original, data, trained, progress), options);
        }
        Sham.Options plain = new Sham.Options();
        Sham.Options first = trained.quantiser(Quantiser.NONE)
                .codebooks(plain.codebooks())
                .k(plain.k())
                .population(plain.population());
        ShamOutcome start = pruned.computeIfAbsent(
                Recipe.of("Pr", data.name(), "any", Tier.PAPER, first).id(),
                id -> Sham.run(original, data, first, progress.part(0, 0.5)));
        if (options.quantiser() == Quantiser.NONE) {
            return row(start, options);
        }
        ShamOutcome shared = Sham.run(start.model(), data, trained.percentiles(0), progress.part(0.5, 1));
        Study.Row row = row(shared, options);
        return new Study.Row(
                row.measurement().withAccuracyBefore(start.measurement().accuracyBefore()),
                start.trace().append(row.trace()));
    }

    private static Study.Row original(Model original, Dataset data, Sham.Options options) {
        double accuracy = original.evaluate(data.test()).accuracy();
        Measurement row =
                Measurement.of(ORIGINAL, data, original, options.seed(), accuracy, accuracy, options.batchSize(), 0);
        Map<String, Long> bytes = new TreeMap<>(row.bytesDisk());
        var plain = new CodedNetwork.Options().dense(Code.DENSE).convolution(Code.DENSE);
        bytes.put("pars", CodedNetwork.encode(original, plain).sizeInBytes());
        return new Study.Row(row.withBytesDisk(bytes));
    }

    private static Study.Row row(ShamOutcome outcome, Sham.Options options) {
        Map<String, Long> bytes = new TreeMap<>(outcome.measurement().bytesDisk());
        outcome.layers().forEach(layer -> layer.psiCorrected()
                .forEach((code, psi) -> bytes.merge(
                        code + " corrected", Math.round(psi * layer.bytes().get(Measurement.DENSE)), Long::sum)));
        return new Study.Row(
                outcome.measurement().withMethod(method(options)).withBytesDisk(bytes),
                outcome.trace().copy());
    }
}
