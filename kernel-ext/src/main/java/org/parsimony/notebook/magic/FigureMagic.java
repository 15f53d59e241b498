package org.parsimony.notebook.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Require;
import org.parsimony.method.Outcome;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Values;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.report.file.Export;
import org.parsimony.report.file.Export.Format;
import org.parsimony.report.file.Figure;
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

    @Option(names = "--png", paramLabel = "DPI", description = "Portable Network Graphics of 72 to 1200 dots per inch")
    private Integer png;

    @Option(names = "--width-mm", paramLabel = "W", description = "printed width, 30 to 400 mm; default 174")
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
    protected Object call(ParseResult given, String body) throws Exception {
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
        Export export = new Export();
        export = png == null ? export : export.withDpi(png);
        export = widthMm == null ? export : export.withWidth(widthMm);
        for (Format format : formats) {
            String name = file + "." + format.name().toLowerCase(Locale.ROOT);
            Path path = figure.write(export, folder.resolve(name));
            System.out.printf("%s  %,d bytes%n", name, Files.size(path));
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
