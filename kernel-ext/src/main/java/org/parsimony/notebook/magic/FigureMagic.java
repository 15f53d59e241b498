package org.parsimony.notebook.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Require;
import org.parsimony.network.Outcome;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.report.Export;
import org.parsimony.report.Export.Format;
import org.parsimony.report.Figure;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** {@code %figure chart name --svg --pdf --eps --png 300}: files that a journal takes. */
final class FigureMagic extends CommandMagic {

    @Parameters(index = "0", paramLabel = "FIGURE", description = "a variable or expression: figure, chart or outcome")
    private String expression;

    @Parameters(index = "1", paramLabel = "NAME", description = "of the files, without ending")
    private String file;

    @Option(names = "--svg", description = "Scalable Vector Graphics")
    private boolean svg;

    @Option(names = "--pdf", description = "Portable Document Format")
    private boolean pdf;

    @Option(names = "--eps", description = "Encapsulated PostScript")
    private boolean eps;

    @Option(names = "--png", paramLabel = "DPI", description = "Portable Network Graphics of 36 to 2400 dots per inch")
    private Integer png;

    @Option(names = "--width-mm", paramLabel = "W", description = "printed width of PNG and SVG, 20 to 1000 mm")
    private Double widthMm;

    private final Path folder;

    /** @param folder of the files; made where it is not there */
    FigureMagic(Notebook notebook, Path folder) {
        super(notebook, "figure", Void.class, "a figure as files, with recipe, seed, version and date inside them");
        this.folder = folder;
    }

    /** Writes where the runner of notebooks says, or to {@code out} below the notebook's folder. */
    FigureMagic(Notebook notebook) {
        this(notebook, Path.of(Objects.requireNonNullElse(System.getenv("PARSIMONY_OUT"), "out")));
    }

    @Override
    Object call(ParseResult given, String body) throws Exception {
        Set<Format> formats = EnumSet.noneOf(Format.class);
        if (svg) {
            formats.add(Format.SVG);
        }
        if (pdf) {
            formats.add(Format.PDF);
        }
        if (eps) {
            formats.add(Format.EPS);
        }
        if (png != null) {
            formats.add(Format.PNG);
        }
        Require.that(!formats.isEmpty(), "no format is asked for; give at least one of --svg, --pdf, --eps, --png DPI");
        Figure figure = figure(new Values(notebook).get("FIGURE", expression, Object.class));
        Export.Options options = new Export.Options(png == null ? 300 : png, widthMm == null ? Double.NaN : widthMm);
        Instant date = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (Format format : formats) {
            Path path = folder.resolve(file + "." + format.ending());
            Export.write(figure, path, format, options, date);
            System.out.printf("%s.%s  %,d bytes%n", file, format.ending(), Files.size(path));
        }
        return null;
    }

    private Figure figure(Object value) {
        if (value instanceof Figure known) {
            return known;
        }
        if (value instanceof Outcome outcome) {
            return Figure.of(outcome.figure());
        }
        if (value instanceof Chart<?, ?> chart) {
            return Figure.of(chart);
        }
        throw new IllegalArgumentException("FIGURE is " + expression + ", which is a "
                + value.getClass().getSimpleName() + ", but must be a figure, a chart or an outcome");
    }
}
