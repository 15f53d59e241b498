package org.parsimony.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parsimony.base.Home;
import org.parsimony.base.Require;
import org.parsimony.base.WholeFile;
import org.parsimony.claims.Claim;
import org.parsimony.claims.Claims;
import org.parsimony.claims.Nulls;
import org.parsimony.experiment.PaperRuns;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Runs;
import org.parsimony.experiment.Tier;
import org.parsimony.method.Method;
import org.parsimony.method.Methods;
import org.parsimony.report.PageSections.Section;
import org.parsimony.report.file.Export;
import org.parsimony.report.file.Origin;
import tech.tablesaw.api.Table;

/**
 * The results of a paper as files: every run, a page of tables and figures, and one recipe a section that anyone can run.
 * Nothing on the page is typed; the same runs give the same bytes.
 *
 * <p>A section is an experiment of the paper on one data set and network. Its arms are compared with the control that the
 * experiment's entry names; its figures are those that the entry asks for, see {@link Drawing}. An entry with {@code
 * "occupancy"}, {@code "overview"} or {@code "equal"} among the kinds also has the tables of {@link Occupancy}, {@link Overview}
 * or {@link EqualCost}.
 */
public final class ResultsPage {

    private static final String PAGE = "results/README.md";
    private static final String EARLIER = "results/earlier/README.md";
    /** The first page of all, which may include a table. */
    private static final String FIRST = "../../README.md";

    private static final String FIGURE = ".svg";

    /** So many claims at most stand on the page whatever their verdict. */
    private static final int FEW_CLAIMS = 10;

    private final String paper;
    private final Path folder;
    private final List<Section> sections;
    private final List<Run> runs;
    private final List<Claim> claims;
    private final Function<Table, String> markdown;

    /**
     * The page of a paper, from the runs that are filed under it and those that are committed already.
     *
     * @param markdown writes a table
     * @throws IllegalArgumentException if there are no runs above the tier smoke
     */
    public static ResultsPage of(String paper, Function<Table, String> markdown) {
        return new ResultsPage(paper, PaperRuns.of(paper), Claims.ofPaper(paper), markdown);
    }

    /** The page of a paper from its committed runs alone, whatever this machine's store holds. */
    public static ResultsPage ofResults(String paper, Function<Table, String> markdown) {
        return new ResultsPage(paper, PaperRuns.inResults(paper), Claims.ofPaper(paper), markdown);
    }

    ResultsPage(String paper, List<Run> all, List<Claim> claims, Function<Table, String> markdown) {
        this.paper = paper;
        this.folder = Home.paper(paper);
        // The short form is what is committed: the page must be the same from it.
        this.sections =
                PageSections.of(paper, Runs.sorted(all).stream().map(Run::brief).toList());
        this.runs = sections.stream().flatMap(s -> s.runs().stream()).distinct().toList();
        this.claims = claims;
        this.markdown = markdown;
        Require.that(
                !runs.isEmpty(),
                "there are no runs of %s above tier smoke; run ./parsimony experiment %s/NAME --tier %s first",
                paper,
                paper,
                Tier.PAPER);
    }

    /** How many runs it is made from. */
    public int runs() {
        return runs.size();
    }

    /** The content of every file, by its path in the paper's folder. */
    public Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        Runs.files(runs).forEach((name, text) -> files.put("results/" + name, bytes(text)));
        StringBuilder page = new StringBuilder("# " + paper + ", results\n\n")
                .append("Written by `./parsimony results ")
                .append(paper)
                .append(
                        "` from the runs in `runs.jsonl`; `runs.csv` is the same for people. Accuracies are those of the ")
                .append("test split in percent, differences are in points, paired by seed.\n");
        sections.forEach(section -> add(page, section, files));
        claims(page, files);
        records(page);
        files.put(PAGE, bytes(page.toString()));
        EarlierRuns.of(folder.resolve("results").resolve("earlier"), runs)
                .ifPresent(earlier -> files.put(EARLIER, bytes(page(earlier))));
        Included.in(folder.resolve(FIRST), paper, sections, markdown)
                .ifPresent(first -> files.put(FIRST, bytes(first)));
        return files;
    }

    private String page(EarlierRuns earlier) {
        return "# " + paper + ", earlier runs\n\nWritten by `./parsimony results " + paper + "` from `runs-1.jsonl`: "
                + earlier.size()
                + " runs from before recipes had steps. Their recipes name no steps and their arms had no"
                + " control on equal terms, so no claim rests on them. " + earlier.succeeded()
                + " of them have a setting that was measured again under the protocol of today, by the arm that"
                + " `successors.jsonl` names; means are over seeds and settings.\n\n"
                + markdown.apply(earlier.table()) + "\n";
    }

    private void add(StringBuilder page, Section section, Map<String, byte[]> files) {
        List<Run> own = section.runs();
        page.append("\n## ").append(section.title()).append("\n\nTier ").append(section.tier());
        String control = section.control();
        page.append(control.isEmpty() ? "" : "; the control is " + control);
        String measure = section.measure();
        page.append(measure.isEmpty() ? "" : "; compared by " + Quality.name(measure) + " in the table of a step")
                .append(".\n");
        terms(page, section);
        files.put(
                "recipes/" + section.name() + "-" + section.tier() + ".json",
                bytes(example(section).recipe().json() + "\n"));
        if (measure.isEmpty()
                && own.stream().allMatch(run -> Double.isNaN(run.measurement().accuracyTuned()))) {
            table(
                    page,
                    Summary.of(own, List.of("arm"), List.of("lossTuned", "seconds"))
                            .formatted());
            return;
        }
        table(page, Tables.byArm(own, control, section.method(), measure));
        if (!control.isEmpty()) {
            Quality quality = Quality.of(own, measure);
            page.append('\n').append(Sentences.against(own, control, quality)).append('\n');
            if (!section.method().isEmpty()) {
                page.append('\n')
                        .append(Sentences.against(own, section.method(), quality))
                        .append('\n');
            }
        }
        if (section.isWith(PageSections.OVERVIEW)) {
            page.append("\nWhat each arm costs, means over seeds:\n\n");
            table(page, Overview.of(own, control));
        }
        for (String column : section.equals()) {
            EqualCost.overlapping(own, column).ifPresent(equal -> {
                page.append("\nHow much more accurate each row's arm is than each column's at one cost, ");
                table(page.append(equal.where()).append(":\n\n"), equal.table());
                page.append('\n')
                        .append(equal.crossings().replace("\n", "\n\n"))
                        .append('\n');
            });
        }
        if (section.isWith(PageSections.OCCUPANCY) && Occupancy.measured(own)) {
            page.append("\nOf each arm the setting with the best validation accuracy:\n\n");
            table(page, Occupancy.best(own, control));
            page.append("\nOf each arm the smallest whose mean on validation samples is not below the control's:\n\n");
            table(page, Occupancy.smallest(own, control, 0));
            page.append('\n').append(Occupancy.MARKS).append('\n');
            page.append('\n').append(Sentences.smallest(own, control)).append('\n');
        }
        for (Drawing drawing : section.drawings()) {
            drawing.chart(own, section.about(claims), section.control()).ifPresent(chart -> {
                String file = section.name() + drawing.ending() + FIGURE;
                files.put("results/" + file, new Export().bytes(chart, Origin.of(own), Export.Format.SVG));
                page.append("\n![")
                        .append(drawing.words())
                        .append("](")
                        .append(file)
                        .append(")\n");
            });
        }
    }

    /** On what terms the arms are compared, and which are exceptions. */
    private static void terms(StringBuilder page, Section section) {
        if (section.experiment() != null) {
            String none = section.experiment().uncontrolled();
            page.append(none.isEmpty() ? "" : "\nThere is no control: " + none + ".\n");
            section.experiment().exempt().forEach((arm, why) -> page.append("\nNot on the terms of the control: ")
                    .append(arm)
                    .append(", ")
                    .append(why)
                    .append(".\n"));
            String trainings =
                    section.control().isEmpty() ? "" : Sentences.trainings(section.runs(), section.control());
            page.append(trainings.isEmpty() ? "" : "\n" + trainings + "\n");
        }
        page.append('\n');
    }

    private void claims(StringBuilder page, Map<String, byte[]> files) {
        if (claims.isEmpty()) {
            return;
        }
        ClaimReport report = ClaimReport.of(paper, claims, runs, Nulls.ofPaper(paper));
        page.append("\n## What the paper states\n\n")
                .append(ClaimTables.line(report.judged()))
                .append(". Every claim with its verdict stands in [claims.csv](claims.csv).\n\n");
        table(page, report.summary());
        page.append(
                "\n*Reproduced* is said where our whole 95 % interval lies within the tolerance on both sides, *no worse* "
                        + "where it is no lower than stated; *weak* claims are borne out by most of the runs that do nothing or choose "
                        + "at random, too.\n");
        boolean few = report.judged().size() <= FEW_CLAIMS;
        Table listed = few ? ClaimTables.listed(report.judged()) : report.listed();
        if (!listed.isEmpty()) {
            page.append(few ? "\nClaim by claim:\n\n" : "\nNot reproduced:\n\n");
            table(page, listed);
        }
        for (String kind : report.kinds()) {
            report.figure(kind).ifPresent(chart -> {
                String file = "claims-" + kind.replaceAll("[^a-z]+", "-").replaceAll("-$", "") + FIGURE;
                files.put("results/" + file, new Export().bytes(chart, Origin.of(runs), Export.Format.SVG));
                page.append("\n![")
                        .append(kind)
                        .append(": ours against the paper's](")
                        .append(file)
                        .append(")\n");
            });
        }
        Table unmeasured = ClaimTables.unmeasured(report.judged(), runs);
        if (!unmeasured.isEmpty()) {
            page.append("\nNot measured:\n\n");
            table(page, unmeasured);
        }
        files.put("results/claims.csv", bytes(Runs.csv(ClaimTables.complete(report.judged()))));
    }

    /** The records of the field, where the folder has a file of them, beside the smallest of all papers' committed runs. */
    private void records(StringBuilder page) {
        Path file = folder.resolve(Records.FILE);
        if (Files.notExists(file)) {
            return;
        }
        List<Records.Published> published = Records.read(file);
        Map<String, List<Run>> all = new TreeMap<>();
        Home.papers()
                .forEach(other -> all.put(
                        other,
                        other.equals(paper)
                                ? runs
                                : PaperRuns.inResults(other).stream()
                                        .filter(run -> run.recipe().tier() != Tier.SMOKE)
                                        .toList()));
        page.append(
                "\n## The smallest published networks\n\nBeside each the smallest file of ours at no larger test error, of arms "
                        + "with at least five seeds; bytes are those of the whole file, from which the network runs. Which arm stands there"
                        + " was chosen by test error, as the published ones were.\n\n");
        table(page, Records.table(published, all));
        page.append("\nWhatever its error:\n\n");
        table(page, Records.smallest(published, all));
    }

    private void table(StringBuilder page, Table table) {
        page.append(markdown.apply(table)).append("\n");
    }

    /** A run of the paper's own method where there is one, else of an arm that is not the control, at the least seed. */
    private Run example(Section section) {
        List<String> ofPaper = Methods.all().stream()
                .filter(method -> method.paper().equals(paper))
                .map(Method::name)
                .collect(Collectors.toCollection(ArrayList::new));
        return section.runs().stream()
                .min(Comparator.<Run, Boolean>comparing(run -> ofPaper.stream().noneMatch(run.recipe()::has))
                        .thenComparing(run -> run.arm().name().equals(section.control()))
                        .thenComparing(run -> run.recipe().seed())
                        .thenComparing(run -> run.arm().name())
                        .thenComparing(Run::id))
                .orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes every file, and deletes the figures of earlier pages. */
    public void write() throws IOException {
        Map<String, byte[]> files = files();
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            WholeFile.write(path, file.getValue());
        }
        for (String old : stale(files)) {
            Files.delete(folder.resolve(old));
        }
    }

    /**
     * The first difference between what is there and what {@link #write} would write, as a sentence. Of a figure only the
     * recipes, seeds and date that stand in it are compared: where letters stand in it depends on the machine's fonts.
     */
    public Optional<String> difference() throws IOException {
        Map<String, byte[]> files = files();
        Map<String, byte[]> sorted = new LinkedHashMap<>();
        files.keySet().stream()
                .filter(name -> !name.endsWith(FIGURE))
                .forEach(name -> sorted.put(name, files.get(name)));
        sorted.putAll(files);
        for (var file : sorted.entrySet()) {
            Path path = folder.resolve(file.getKey());
            String shown = Path.of("papers", paper, file.getKey()).normalize().toString();
            if (!Files.exists(path)) {
                return Optional.of(shown + " is missing");
            }
            byte[] there = Files.readAllBytes(path);
            if (file.getKey().endsWith(FIGURE)
                    ? !origin(there).equals(origin(file.getValue()))
                    : !Arrays.equals(there, file.getValue())) {
                return Optional.of(shown + line(there, file.getValue()));
            }
        }
        return stale(files).stream()
                .findFirst()
                .map(old -> "papers/" + paper + "/" + old + " is there, but no run gives it");
    }

    private static String origin(byte[] svg) {
        return new String(svg, StandardCharsets.UTF_8)
                .lines()
                .filter(line ->
                        Stream.of("<recipe>", "<seed>", "<creation-time>").anyMatch(line::contains))
                .collect(Collectors.joining("\n"));
    }

    private static String line(byte[] there, byte[] wanted) {
        List<String> is = new String(there, StandardCharsets.UTF_8).lines().toList();
        List<String> must = new String(wanted, StandardCharsets.UTF_8).lines().toList();
        int i = 0;
        while (i < is.size() && i < must.size() && is.get(i).equals(must.get(i))) {
            i++;
        }
        return ", line " + (i + 1) + ", is " + quoted(is, i) + ", but the runs give " + quoted(must, i);
    }

    private static String quoted(List<String> lines, int i) {
        if (i >= lines.size()) {
            return "its end";
        }
        String line = lines.get(i);
        return "\"" + (line.length() > 120 ? line.substring(0, 120) + "…" : line) + "\"";
    }

    private List<String> stale(Map<String, byte[]> files) throws IOException {
        Path results = folder.resolve("results");
        if (!Files.isDirectory(results)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(results)) {
            return all.map(file -> "results/" + file.getFileName())
                    .filter(name -> name.endsWith(FIGURE) && !files.containsKey(name))
                    .sorted()
                    .toList();
        }
    }
}
