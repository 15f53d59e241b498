package org.parsimony.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.claims.Estimate;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.method.Measurement;
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

    /** The quantiser's population that is not told, being the paper's. */
    private static final String USUAL_POPULATION = "nonzero";

    private static final String PRUNED = "Pr";

    private static final String PUBLISHED = "as published";

    private static final String CORRECTED = "corrected";

    private Occupancy() {}

    /** Whether runs have what these tables show. */
    public static boolean measured(List<Run> runs) {
        return runs.stream().anyMatch(run -> run.measurement().bytesDisk().containsKey(Measurement.DENSE));
    }

    /**
     * Table II: of each method the setting with the best validation accuracy.
     *
     * @param control arm that accuracies are compared with, seed by seed: the dense network trained as long
     */
    public static Table best(List<Run> runs, String control) {
        return table(
                "best accuracy",
                runs,
                control,
                (setting, reference) -> true,
                BinaryOperator.maxBy(Comparator.comparingDouble(Setting::validation)));
    }

    /**
     * Table III: of each method the setting of least ψ, corrected, whose validation accuracy is not below the control's by
     * more than {@code tolerance}. A method none of whose settings reaches that has no row.
     *
     * @param control arm that accuracies are compared with, seed by seed: the dense network trained as long
     * @param tolerance share of the validation samples in [0, 1]; 0 in the paper
     */
    public static Table smallest(List<Run> runs, String control, double tolerance) {
        Require.between("tolerance", tolerance, 0, 1);
        return table(
                "smallest not below the control on validation samples",
                runs,
                control,
                (setting, reference) -> setting.validation() >= reference.validation() - tolerance,
                BinaryOperator.minBy(Comparator.comparingDouble(Setting::corrected)));
    }

    /** Whether a setting may be chosen. */
    private interface Admission {
        boolean admits(Setting setting, Setting reference);
    }

    /** Runs that differ in the seed only. */
    private record Setting(List<Run> runs) {

        String method() {
            return runs.get(0).arm().name();
        }

        /** Data and network. */
        String group() {
            Recipe recipe = runs.get(0).recipe();
            return recipe.dataset() + ", " + recipe.network();
        }

        /**
         * {@code 90/32}, as in the paper, and {@code 90/32 all} where zeros were clustered too, as in the authors' code; empty
         * for what the arm does not have.
         */
        String text() {
            Map<String, Object> settings = runs.get(0).arm().settings();
            String text = Stream.of(percent(settings.get("ratio")), words(settings.get("k")))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("/"));
            Object population = settings.getOrDefault("population", USUAL_POPULATION);
            return population.equals(USUAL_POPULATION) ? text : text + " " + population;
        }

        /** A share, or one for each layer, in percent, as the papers write it. */
        private static String percent(Object ratio) {
            if (ratio instanceof Number share) {
                return Json.digits(Math.round(1e4 * share.doubleValue()) / 100.0);
            }
            return ratio instanceof List<?> shares
                    ? shares.stream().map(Setting::percent).collect(Collectors.joining("-"))
                    : "";
        }

        private static String words(Object value) {
            return value == null ? "" : Records.text(value).replace(",", "-");
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
                    method().equals(PRUNED) ? Stream.of(new Coded("CSC", mean("psi.CSC"))) : Stream.empty();
            return Stream.concat(codes, sparse)
                    .min(Comparator.comparingDouble(Coded::psi))
                    .orElseThrow();
        }

        String psi(String count) {
            return coded() ? smallest(count).toString() : "1";
        }

        double corrected() {
            return coded() ? smallest(CORRECTED).psi() : 1;
        }

        /** Whether its weights repeat, so that the papers' codes say something of them. */
        boolean coded() {
            return runs.stream().allMatch(run -> run.measurement().bytesDisk().containsKey("HAM " + CORRECTED));
        }

        Estimate against(Setting reference) {
            return Estimate.of(runs.stream()
                    .mapToDouble(run -> run.measurement().accuracyTuned()
                            - reference.runs.stream()
                                    .filter(other -> other.recipe().seed()
                                            == run.recipe().seed())
                                    .mapToDouble(other -> other.measurement().accuracyTuned())
                                    .findFirst()
                                    .orElse(Double.NaN))
                    .toArray());
        }
    }

    /** The setting that was chosen, its test accuracy, and the difference from the control's. */
    private record Row(Setting chosen, Estimate tuned, Estimate against) {}

    private record Coded(String code, double psi) {

        private static final Map<String, String> MARK = Map.of("HAM", "", "sHAM", "*", "CSC", "†");

        @Override
        public String toString() {
            return thousandths(psi) + MARK.get(code);
        }
    }

    private static Table table(
            String name, List<Run> runs, String control, Admission admission, BinaryOperator<Setting> better) {
        List<Row> rows = new ArrayList<>();
        for (List<Setting> settings : byGroup(runs)) {
            Setting reference = settings.stream()
                    .filter(own -> own.method().equals(control))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no run of the arm \"" + control + "\" on "
                            + settings.get(0).group() + "; the table compares with it"));
            for (Setting chosen : chosen(settings, s -> !s.coded() || admission.admits(s, reference), better)) {
                rows.add(new Row(chosen, chosen.estimate("accuracyTuned"), chosen.against(reference)));
            }
        }
        Table table = Rows.of(rows)
                .texts("data and network", row -> row.chosen().group())
                .texts("arm", row -> row.chosen().method())
                .texts("p/k", row -> row.chosen().text())
                .ints("seeds", row -> row.tuned().n())
                .doubles("accuracy %", 2, row -> 100 * row.tuned().mean())
                .doubles("±95 %", 2, row -> 100 * row.tuned().half())
                .doubles("Δ " + control, 2, row -> 100 * row.against().mean())
                .doubles("Δ ±95 %", 2, row -> 100 * row.against().half())
                .texts("ψ " + PUBLISHED, row -> row.chosen().psi(PUBLISHED))
                .texts("ψ " + CORRECTED, row -> row.chosen().psi(CORRECTED))
                .longs("file, B", row -> Math.round(row.chosen().mean("bytesDisk.pars")))
                .doubles(
                        "× smaller",
                        1,
                        row -> row.chosen().mean("bytesDisk." + Measurement.RAW)
                                / row.chosen().mean("bytesDisk.pars"))
                .table(name);
        return table.stringColumn(0).unique().size() == 1 ? table.removeColumns(0) : table;
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

    /** One setting for each arm that has an admissible one, in the order of the runs. */
    private static List<Setting> chosen(
            List<Setting> settings, Predicate<Setting> admissible, BinaryOperator<Setting> better) {
        Map<String, List<Setting>> methods = settings.stream()
                .collect(Collectors.groupingBy(Setting::method, LinkedHashMap::new, Collectors.toList()));
        return methods.values().stream()
                .map(own -> own.stream().filter(admissible).reduce(better))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String thousandths(double value) {
        return String.format(java.util.Locale.ROOT, "%.3f", value);
    }
}
