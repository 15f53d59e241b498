package org.parsimony.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parsimony.base.Require;
import org.parsimony.experiment.Estimate;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.ShamStudy;
import org.parsimony.network.Measurement;
import org.parsimony.sham.Sham;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Accuracy beside occupancy ψ, in the form of tables II and III of Marinò et al. (ICPR 2020): one row for each method, with
 * the setting that was chosen. Settings are chosen on the validation split; the paper chose on test.
 *
 * <p>ψ is that of the smallest code over the coded layers, once as published, which is how the paper's scripts count, and
 * once with their factor of two corrected; the two may choose different codes, see {@link #MARKS}. {@code file} is the
 * whole {@code .pars} file of our own code, and {@code × smaller} sets it against all parameters of the network as 32-bit
 * floats.
 */
public final class Occupancy {

    /** What the marks at ψ mean, for the text at the tables. */
    public static final String MARKS =
            "ψ is that of HAM; * marks sHAM where it is smaller by that column's own count, † CSC, which the paper reports"
                    + " for pruning alone (counted as its successor does: 32 bits a weight and 8, 16 or 32 an index,"
                    + " in both columns).";

    /** As recipes write it. */
    private static final String DEFAULT_POPULATION =
            new Sham.Options().population().name().toLowerCase(Locale.ROOT);

    private static final String PUBLISHED = "as published";

    private static final String CORRECTED = "corrected";

    private Occupancy() {}

    /** Whether runs have what these tables show. */
    public static boolean measured(List<Run> runs) {
        return runs.stream().anyMatch(run -> run.measurement().bytesDisk().containsKey(Measurement.DENSE));
    }

    /** Table II: of each method the setting with the best validation accuracy. */
    public static Table best(List<Run> runs) {
        return table(
                "best accuracy",
                runs,
                (setting, original) -> true,
                BinaryOperator.maxBy(Comparator.comparingDouble(Setting::validation)));
    }

    /**
     * Table III: of each method the setting of least ψ, corrected, whose validation accuracy is not below the original's by
     * more than {@code tolerance}. A method none of whose settings reaches that has no row.
     *
     * @param tolerance share of the validation samples in [0, 1]; 0 in the paper
     */
    public static Table smallest(List<Run> runs, double tolerance) {
        Require.between("tolerance", tolerance, 0, 1);
        return table(
                "smallest without loss",
                runs,
                (setting, original) -> setting.validation() >= original.validation() - tolerance,
                BinaryOperator.minBy(Comparator.comparingDouble(Setting::corrected)));
    }

    /** Whether a setting may be chosen. */
    private interface Admission {
        boolean admits(Setting setting, Setting original);
    }

    /** Runs that differ in the seed only. */
    private record Setting(List<Run> runs) {

        String method() {
            return runs.get(0).recipe().method();
        }

        /** Data, network and how long the original was trained: another original is another comparison. */
        String group() {
            Recipe recipe = runs.get(0).recipe();
            return recipe.dataset() + ", " + recipe.network() + ", "
                    + recipe.options().get("epochs") + " epochs";
        }

        /**
         * {@code 90/32}, as in the paper, and {@code 90/32 all} where zeros were clustered too, as in the authors' code; a dash
         * for what the method does not have.
         */
        String text() {
            Map<String, Object> options = runs.get(0).recipe().options();
            String p = method().startsWith("Pr") ? list(options.get("percentiles")) : "";
            String k = method().equals("Pr") ? "" : list(options.get("k"));
            Object population = options.getOrDefault("population", DEFAULT_POPULATION);
            String mark = k.isEmpty() || population.equals(DEFAULT_POPULATION) ? "" : " " + population;
            return (p.isEmpty() || k.isEmpty() ? p + k : p + "/" + k) + mark;
        }

        private static String list(Object values) {
            return ((List<?>) values).stream().map(String::valueOf).collect(Collectors.joining("-"));
        }

        double mean(String column) {
            return estimate(column).mean();
        }

        Estimate estimate(String column) {
            return Tables.estimate(
                    runs, run -> ((Number) run.measurement().columns().get(column)).doubleValue());
        }

        double validation() {
            return mean("validationAccuracy");
        }

        /** The smallest of the papers' codes by one way of counting; HAM where they are equal. */
        Coded smallest(String count) {
            Stream<Coded> codes =
                    Stream.of("HAM", "sHAM").map(code -> new Coded(code, mean("psi." + code + " " + count)));
            // Weights that are not shared are all different: Huffman's table alone is larger than they are.
            Stream<Coded> sparse =
                    method().equals("Pr") ? Stream.of(new Coded("CSC", mean("psi.CSC"))) : Stream.empty();
            return Stream.concat(codes, sparse)
                    .min(Comparator.comparingDouble(Coded::psi))
                    .orElseThrow();
        }

        double corrected() {
            return original() ? 1 : smallest(CORRECTED).psi();
        }

        boolean original() {
            return method().equals(ShamStudy.ORIGINAL);
        }
    }

    private record Coded(String code, double psi) {

        private static final Map<String, String> MARK = Map.of("HAM", "", "sHAM", "*", "CSC", "†");

        @Override
        public String toString() {
            return thousandths(psi) + MARK.get(code);
        }
    }

    private static Table table(String name, List<Run> runs, Admission admission, BinaryOperator<Setting> better) {
        StringColumn network = StringColumn.create("data and network");
        StringColumn method = StringColumn.create("method");
        StringColumn setting = StringColumn.create("p/k");
        IntColumn seeds = IntColumn.create("seeds");
        DoubleColumn accuracy = DoubleColumn.create("accuracy %");
        DoubleColumn half = DoubleColumn.create("±95 %");
        DoubleColumn difference = DoubleColumn.create("Δ original");
        StringColumn published = StringColumn.create("ψ " + PUBLISHED);
        StringColumn corrected = StringColumn.create("ψ " + CORRECTED);
        LongColumn file = LongColumn.create("file, B");
        DoubleColumn ratio = DoubleColumn.create("× smaller");
        for (List<Setting> settings : byGroup(runs)) {
            Setting original = settings.stream()
                    .filter(Setting::original)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no run of the original of "
                            + settings.get(0).group() + "; the table compares with it"));
            for (Setting chosen : chosen(settings, s -> admission.admits(s, original), better)) {
                Estimate tuned = chosen.estimate("accuracyTuned");
                network.append(chosen.group());
                method.append(chosen.method());
                setting.append(chosen.original() ? "" : chosen.text());
                seeds.append(tuned.n());
                accuracy.append(hundredths(100 * tuned.mean()));
                half.append(hundredths(100 * tuned.half()));
                difference.append(hundredths(100 * (tuned.mean() - chosen.mean("accuracyBefore"))));
                if (chosen.original()) {
                    published.append("1");
                    corrected.append("1");
                    file.appendMissing();
                    ratio.append(1);
                } else {
                    published.append(chosen.smallest(PUBLISHED).toString());
                    corrected.append(chosen.smallest(CORRECTED).toString());
                    file.append(Math.round(chosen.mean("bytesDisk.pars")));
                    ratio.append(
                            Math.round(10 * chosen.mean("bytesDisk." + Measurement.RAW) / chosen.mean("bytesDisk.pars"))
                                    / 10.0);
                }
            }
        }
        Table table = Table.create(
                name, network, method, setting, seeds, accuracy, half, difference, published, corrected, file, ratio);
        return network.unique().size() == 1 ? table.removeColumns(network) : table;
    }

    private static List<List<Setting>> byGroup(List<Run> runs) {
        Map<String, List<Run>> settings = runs.stream()
                .collect(Collectors.groupingBy(
                        run -> run.recipe().withSeed(0).id(), LinkedHashMap::new, Collectors.toList()));
        Map<String, List<Setting>> groups = settings.values().stream()
                .map(Setting::new)
                .collect(Collectors.groupingBy(Setting::group, LinkedHashMap::new, Collectors.toList()));
        return new ArrayList<>(groups.values());
    }

    /** The original, then one setting for each method that has an admissible one, in the order of the runs. */
    private static List<Setting> chosen(
            List<Setting> settings, Predicate<Setting> admissible, BinaryOperator<Setting> better) {
        Map<String, List<Setting>> methods = settings.stream()
                .collect(Collectors.groupingBy(Setting::method, LinkedHashMap::new, Collectors.toList()));
        return methods.values().stream()
                .map(own -> own.stream()
                        .filter(s -> s.original() || admissible.test(s))
                        .reduce(better))
                .flatMap(Optional::stream)
                .toList();
    }

    private static double hundredths(double value) {
        return Double.isNaN(value) ? value : Math.round(100 * value) / 100.0;
    }

    private static String thousandths(double value) {
        return String.format(java.util.Locale.ROOT, "%.3f", value);
    }
}
