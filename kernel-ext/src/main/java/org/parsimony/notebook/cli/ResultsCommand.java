package org.parsimony.notebook.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.WholeFile;
import org.parsimony.experiment.Claim;
import org.parsimony.experiment.Claims;
import org.parsimony.experiment.PaperRuns;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Runs;
import org.parsimony.experiment.Tier;
import org.parsimony.notebook.display.TableText;
import org.parsimony.report.AgainstOption;
import org.parsimony.report.ClaimTables;
import org.parsimony.report.Export;
import org.parsimony.report.Figure;
import org.parsimony.report.Figures;
import org.parsimony.report.Occupancy;
import org.parsimony.report.Summary;
import org.parsimony.report.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/** {@code results optinet}: writes the results folder of a paper from its runs. */
@Command(
        name = "results",
        description = "Writes papers/PAPER/results/ from the run store: every run, tables, figures, claims.",
        mixinStandardHelpOptions = true)
final class ResultsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PAPER", description = "A folder of papers/.")
    private String paper;

    @Option(
            names = "--tier",
            defaultValue = "paper",
            paramLabel = "TIER",
            description = "Runs of these tiers are written, separated by commas; default ${DEFAULT-VALUE}.",
            split = ",")
    private List<Tier> tiers;

    @Option(
            names = "--reference",
            defaultValue = "original",
            paramLabel = "METHOD",
            description = "Method that the table compares with; default ${DEFAULT-VALUE}.")
    private String reference;

    @Option(
            names = "--against",
            paramLabel = "OPTION",
            description =
                    "Draws accuracy right after and at the end against this option of the recipes, for example ratio.")
    private String against;

    @Option(
            names = "--where",
            paramLabel = "OPTION=VALUE",
            description = "Draws only runs whose option has this value; repeatable.")
    private Map<String, String> where = new TreeMap<>();

    @Option(
            names = "--pareto",
            paramLabel = "COLUMN",
            description =
                    "Draws accuracy against this column of the runs, with the Pareto front, for example bytesDisk.pars.")
    private String pareto;

    @Override
    public Integer call() throws IOException {
        List<Run> runs = PaperRuns.of(paper).stream()
                .filter(run -> tiers.contains(run.recipe().tier()))
                .toList();
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("there are no runs of " + paper + " at tier " + tiers.get(0)
                    + "; run ./parsimony run " + paper + " --tier " + tiers.get(0) + " first");
        }
        Path folder = PaperRuns.folder(paper);
        Runs.write(folder, runs);
        StringBuilder page = new StringBuilder("# " + paper + ", results\n\n")
                .append("Written by `./parsimony ")
                .append(String.join(" ", spec.commandLine().getParseResult().originalArgs()))
                .append(
                        "` from the runs in `runs.jsonl`; `runs.csv` is the same for people. Accuracies are those of the ")
                .append("test split in percent, differences are in points, seed by seed.\n");
        for (var entry : byNetwork(runs).entrySet()) {
            List<Run> own = entry.getValue();
            String name = entry.getKey().replace(' ', '-');
            String of = own.stream()
                    .map(run -> run.recipe().tier().toString())
                    .distinct()
                    .collect(Collectors.joining(", "));
            recipe(own, folder.resolveSibling("recipes").resolve(name + "-" + of.replace(", ", "-") + ".json"));
            page.append("\n## ")
                    .append(entry.getKey())
                    .append("\n\nTier ")
                    .append(of)
                    .append(".\n\n");
            if (own.stream().allMatch(run -> Double.isNaN(run.measurement().accuracyTuned()))) {
                table(
                        page,
                        Summary.of(own, List.of("method"), List.of("lossTuned", "seconds"))
                                .formatted());
                continue;
            }
            table(page, Tables.byMethod(own, reference));
            if (Occupancy.measured(own)) {
                page.append("\nOf each method the setting with the best validation accuracy:\n\n");
                table(page, Occupancy.best(own));
                page.append("\nOf each method the smallest that loses nothing on validation samples:\n\n");
                table(page, Occupancy.smallest(own, 0));
                page.append('\n').append(Occupancy.MARKS).append('\n');
            }
            for (var figure : figures(own).entrySet()) {
                String file = name + figure.getKey() + ".svg";
                Figure.of(figure.getValue(), own).write(new Export(), folder.resolve(file));
                page.append("\n![accuracy](").append(file).append(")\n");
            }
        }
        List<Claim> claims = Claims.ofPaper(paper);
        page.append("\n## What the paper states\n\n")
                .append(ClaimTables.summary(claims, runs))
                .append(".\n\n");
        Table measured = ClaimTables.measured(claims, runs);
        if (!measured.isEmpty()) {
            page.append(
                    "A tolerance `±` is about the paper's value; `−` lowers a bound that ours may exceed as it likes.\n\n");
            table(page, measured);
        }
        Table unmeasured = ClaimTables.unmeasured(claims, runs);
        if (!unmeasured.isEmpty()) {
            page.append("\nNot measured:\n\n");
            table(page, unmeasured);
        }
        WholeFile.write(folder.resolve("README.md"), page.toString().getBytes(StandardCharsets.UTF_8));
        spec.commandLine().getOut().println("wrote " + runs.size() + " runs to " + folder);
        return 0;
    }

    private static void table(StringBuilder page, Table table) {
        page.append(TableText.brief(table)).append("\n");
    }

    /** By what their file's name ends with. */
    private Map<String, Chart<?, ?>> figures(List<Run> own) {
        if (pareto != null) {
            return Map.of("-pareto", Figures.pareto(own, pareto, "accuracyTuned"));
        }
        if (against == null) {
            return Map.of("", Figures.accuracyByMethod(own));
        }
        List<Run> drawn = own.stream()
                .filter(run -> where.entrySet().stream().allMatch(w -> w.getValue()
                        .equals(String.valueOf(run.recipe().options().get(w.getKey())))))
                .toList();
        Map<String, Chart<?, ?>> figures = new TreeMap<>();
        for (String metric : List.of("accuracyAfter", "accuracyTuned")) {
            String when = metric.equals("accuracyAfter") ? "right after" : "at the end";
            figures.put(
                    "-" + when.replace(' ', '-'),
                    AgainstOption.of(drawn, against, metric, Claims.ofPaper(paper))
                            .figure(own.get(0).recipe().dataset() + ", " + when));
        }
        return figures;
    }

    /**
     * The recipe of the paper's own method, where one is named like the paper, else of the first method that is not the
     * one compared with, at the least seed; the arms differ in method and setting, the repeats in the seed.
     */
    private void recipe(List<Run> runs, Path file) throws IOException {
        Comparator<Run> order = Comparator.<Run, Boolean>comparing(
                        run -> !run.recipe().method().equalsIgnoreCase(paper))
                .thenComparing(run -> run.recipe().method().equals(reference))
                .thenComparingLong(run -> run.recipe().seed());
        Run first = runs.stream().min(order).orElseThrow();
        Files.createDirectories(file.getParent());
        WholeFile.write(file, (first.recipe().json() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, List<Run>> byNetwork(List<Run> runs) {
        return runs.stream()
                .collect(Collectors.groupingBy(
                        run -> run.recipe().dataset() + " " + run.recipe().network(),
                        TreeMap::new,
                        Collectors.toList()));
    }
}
