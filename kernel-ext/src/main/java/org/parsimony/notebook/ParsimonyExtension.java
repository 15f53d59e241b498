package org.parsimony.notebook;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Home;
import org.parsimony.data.Dataset;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.sweep.SweepOutcome;
import org.parsimony.method.Outcome;
import org.parsimony.network.summary.NetworkSummary;
import org.parsimony.notebook.display.ArrayRenderer;
import org.parsimony.notebook.display.ChartRenderer;
import org.parsimony.notebook.display.ClaimRenderer;
import org.parsimony.notebook.display.DatasetRenderer;
import org.parsimony.notebook.display.FigureBelow;
import org.parsimony.notebook.display.OutcomeRenderer;
import org.parsimony.notebook.display.RunList;
import org.parsimony.notebook.display.RunRenderer;
import org.parsimony.notebook.display.SweepRenderer;
import org.parsimony.notebook.display.TableRenderer;
import org.parsimony.notebook.magic.Magics;
import org.parsimony.notebook.spi.Extension;
import org.parsimony.notebook.spi.LiteralCompleter;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.notebook.spi.Renderer;
import org.parsimony.notebook.widget.Widgets;
import org.parsimony.report.ClaimReport;
import org.parsimony.report.MethodTables;
import org.parsimony.report.file.Figure;
import org.parsimony.sensitivity.LayerSensitivity;
import tech.tablesaw.api.Table;

/** Parsimony in a notebook: every package of the library imported, its values shown, its magics at hand. */
public final class ParsimonyExtension implements Extension {

    private volatile Notebook notebook;

    @Override
    public List<String> imports() {
        List<String> imports = new ArrayList<>();
        LibraryPackages.names().forEach(name -> imports.add(name + ".*"));
        imports.add("tech.tablesaw.api.*");
        imports.add("org.knowm.xchart.*");
        imports.add("static " + Cell.class.getName() + ".*");
        imports.add(Widgets.class.getPackageName() + ".*");
        imports.add("static " + Widgets.class.getName() + ".*");
        return List.copyOf(imports);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void install(Notebook notebook) {
        Cell.in(notebook);
        this.notebook = notebook;
        notebook.register(Table.class, new TableRenderer());
        // A class literal has no type arguments; the renderer takes every chart.
        notebook.register((Class<Chart<?, ?>>) (Class<?>) Chart.class, (Renderer<Chart<?, ?>>) new ChartRenderer());
        notebook.register(Figure.class, figure -> new ChartRenderer().render(figure.chart()));
        notebook.register(Dataset.class, new DatasetRenderer());
        notebook.register(Outcome.class, new OutcomeRenderer());
        notebook.register(ClaimReport.class, new ClaimRenderer());
        notebook.register(Recipe.class, recipe -> new TableRenderer().render(MethodTables.steps(recipe)));
        notebook.register(Run.class, new RunRenderer());
        notebook.register(RunList.class, runs -> new TableRenderer().render(runs.table()));
        notebook.register(SweepOutcome.class, new SweepRenderer());
        notebook.register(NetworkSummary.class, summary -> FigureBelow.of(summary.table(), summary.bars()));
        notebook.register(
                LayerSensitivity.class, sensitivity -> FigureBelow.of(sensitivity.table(), sensitivity.heatMap()));
        notebook.register(INDArray.class, new ArrayRenderer());
        Widgets.in(notebook, ipywidgets());
        Magics.of(notebook).forEach(notebook::register);
    }

    /** The version of the controls that the front ends have. */
    private static int ipywidgets() {
        return "7".equals(System.getenv("PARSIMONY_WIDGETS")) ? 7 : 8;
    }

    @Override
    public List<LiteralCompleter> completers() {
        return List.of(new CallNames(), new ColumnNames(() -> notebook));
    }

    @Override
    public List<Path> sources() {
        return Home.checkout().map(root -> root.resolve("library/src/main/java")).stream()
                .toList();
    }
}
