package org.parsimony.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.claims.Claim;
import org.parsimony.claims.Claims;
import org.parsimony.claims.Nulls;
import org.parsimony.experiment.PaperRuns;
import org.parsimony.experiment.Provenance;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.RecipeText;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Runs;
import org.parsimony.experiment.sweep.SweepOutcome;
import org.parsimony.experiment.sweep.SweepPlan.Choice;
import org.parsimony.report.PageSections.Section;
import tech.tablesaw.api.Table;

/**
 * A report of a sweep or a paper for somebody who has nothing but the page: what was found, as tables and figures, every recipe,
 * and where and with what it was computed. Every number comes from runs.
 *
 * @param title of the page
 * @param chapters in the order in which they are read
 */
public record Report(String title, List<Chapter> chapters) {

    private static final int MOST_RECIPES = 2000;

    public Report {
        chapters = List.copyOf(chapters);
    }

    /**
     * The report of a sweep.
     *
     * @throws IllegalArgumentException if none of its runs is finished
     */
    public static Report of(SweepOutcome outcome) {
        List<Run> runs = outcome.trials().stream()
                .flatMap(trial -> trial.runs().stream())
                .distinct()
                .toList();
        Require.that(
                !runs.isEmpty(),
                "no run of the sweep %s is finished; run ./parsimony sweep FILE first",
                outcome.plan().name());
        List<Chapter> chapters = new ArrayList<>();
        Chapter best = new Chapter("The best settings");
        outcome.best()
                .ifPresentOrElse(
                        trial -> best.words("Chosen: " + trial.setting() + ".")
                                .table(SweepTables.best(outcome, 20))
                                .source("the chosen recipe", RecipeText.write(trial.recipe())),
                        () -> best.words("No setting finished within the limits.")
                                .table(SweepTables.best(outcome, 20)));
        chapters.add(best);
        Chapter figures = new Chapter("Figures");
        SweepFigures.againstBytes(outcome)
                .ifPresent(
                        chart -> figures.figure(chart, "Every trial: the metric on validation samples against size."));
        for (Choice choice : outcome.plan().choices()) {
            SweepFigures.against(outcome, choice)
                    .ifPresent(chart -> figures.figure(chart, "Every trial by " + choice.name() + "."));
        }
        SweepFigures.progress(outcome)
                .ifPresent(
                        chart -> figures.figure(chart, "The best so far, in the order in which settings were begun."));
        chapters.add(figures);
        chapters.add(new Chapter("Every trial").table(SweepTables.all(outcome)));
        chapters.add(recipes(runs)
                .source("the sweep, for ./parsimony sweep FILE", outcome.plan().text()));
        chapters.add(made(runs));
        return new Report("Sweep " + outcome.plan().name(), chapters);
    }

    /**
     * The report of a paper: its experiments as its results page has them, and its claims.
     *
     * @throws IllegalArgumentException if there are no runs above the tier smoke
     */
    public static Report ofPaper(String paper) {
        List<Claim> claims = Claims.ofPaper(paper);
        List<Section> sections = PageSections.of(
                paper, Runs.sorted(PaperRuns.of(paper)).stream().map(Run::brief).toList());
        List<Run> runs =
                sections.stream().flatMap(s -> s.runs().stream()).distinct().toList();
        Require.that(
                !runs.isEmpty(),
                "there are no runs of %s above tier smoke; run ./parsimony experiment %s/NAME first",
                paper,
                paper);
        List<Chapter> chapters = new ArrayList<>();
        sections.forEach(section -> chapters.add(chapter(section, claims)));
        if (!claims.isEmpty()) {
            ClaimReport report = ClaimReport.of(paper, claims, runs, Nulls.ofPaper(paper));
            Chapter stated = new Chapter("What the paper states")
                    .words(ClaimTables.line(report.judged()) + ".")
                    .table(report.summary())
                    .table(report.listed());
            for (String kind : report.kinds()) {
                report.figure(kind)
                        .ifPresent(chart ->
                                stated.figure(chart, kind + ": what we measured against what the paper states."));
            }
            chapters.add(stated);
        }
        chapters.add(recipes(runs));
        chapters.add(made(runs));
        return new Report(paper + ", results", chapters);
    }

    private static Chapter chapter(Section section, List<Claim> claims) {
        List<Run> own = section.runs();
        String control = section.control();
        Chapter chapter = new Chapter(section.title())
                .words("Tier " + section.tier() + (control.isEmpty() ? "" : "; the control is " + control) + ".");
        String measure = section.measure();
        if (measure.isEmpty()
                && own.stream().allMatch(run -> Double.isNaN(run.measurement().accuracyTuned()))) {
            return chapter.table(Summary.of(own, List.of("arm"), List.of("lossTuned", "seconds"))
                    .formatted());
        }
        chapter.table(Tables.byArm(own, control, section.method(), measure));
        if (!control.isEmpty()) {
            chapter.words(Sentences.against(own, control, Quality.of(own, measure)));
        }
        if (section.isWith(PageSections.OVERVIEW)) {
            chapter.table(Overview.of(own, control));
        }
        for (String column : section.equals()) {
            EqualCost.overlapping(own, column)
                    .ifPresent(equal -> chapter.table(equal.table()).words(equal.crossings()));
        }
        for (Drawing drawing : section.drawings()) {
            drawing.chart(own, section.about(claims), section.control())
                    .ifPresent(chart -> chapter.figure(chart, drawing.words()));
        }
        return chapter;
    }

    private static Chapter recipes(List<Run> runs) {
        List<Recipe> recipes = runs.stream().map(Run::recipe).distinct().toList();
        Chapter chapter = new Chapter("Recipes")
                .words(
                        "Each run is named by the SHA-256 of its recipe. A recipe in a file is carried out by ./parsimony recipe"
                                + " FILE, and gives the same weights on the same BLAS kernel.");
        String lines = recipes.stream().limit(MOST_RECIPES).map(Recipe::json).collect(Collectors.joining("\n"));
        String cut = recipes.size() > MOST_RECIPES ? ", the first " + MOST_RECIPES : "";
        return chapter.source(recipes.size() + " recipes as JSON, one a line" + cut, lines);
    }

    /** Where and with what: one row for each machine, build and kernel. */
    private static Chapter made(List<Run> runs) {
        Map<List<Object>, List<Run>> groups = runs.stream()
                .collect(Collectors.groupingBy(
                        run -> {
                            Provenance made = run.provenance();
                            return List.of(
                                    made.library(),
                                    made.commit(),
                                    made.cpu(),
                                    made.cores(),
                                    made.products(),
                                    made.jdk(),
                                    made.os());
                        },
                        LinkedHashMap::new,
                        Collectors.toList()));
        Function<List<Run>, Provenance> first = own -> own.get(0).provenance();
        Table table = Rows.of(groups.values())
                .ints("runs", List::size)
                .texts("from", own -> own.stream()
                        .map(run -> run.provenance().started())
                        .min(Comparator.naturalOrder())
                        .orElseThrow())
                .texts("to", own -> own.stream()
                        .map(run -> run.provenance().finished())
                        .max(Comparator.naturalOrder())
                        .orElseThrow())
                .texts("library", own -> first.apply(own).library())
                .texts("commit", own -> first.apply(own)
                        .commit()
                        .substring(0, Math.min(12, first.apply(own).commit().length())))
                .texts("processor", own -> first.apply(own).cpu())
                .ints("cores", own -> first.apply(own).cores())
                .texts("products", own -> first.apply(own).products())
                .texts("Java", own -> first.apply(own).jdk())
                .texts("system", own -> first.apply(own).os())
                .table("");
        double seconds = runs.stream()
                .mapToDouble(run -> run.measurement().seconds())
                .filter(Double::isFinite)
                .sum();
        return new Chapter("Provenance")
                .words(String.format(
                        Locale.ROOT, "%,d runs, %,.0f seconds of work in all their steps.", runs.size(), seconds))
                .table(table);
    }
}
