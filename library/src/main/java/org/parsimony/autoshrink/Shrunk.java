package org.parsimony.autoshrink;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import org.parsimony.network.Cost;
import tech.tablesaw.api.Table;

/**
 * What {@link AutoShrink} led to.
 *
 * @param complete the cell that the search began with
 * @param cell the one that the network is made of
 * @param size of the network
 * @param steps removals or, of a random search, cells, in order; none where nothing was scored
 * @param scored cells
 * @param epochs passes of the search over its own training samples
 * @param share of all training samples that these are
 */
public record Shrunk(
        Change change,
        Cell complete,
        Cell cell,
        Size size,
        List<Shrinking.Step> steps,
        int scored,
        double epochs,
        double share)
        implements Outcome {

    /** What the search cost, in passes over all training samples. */
    public double searchEpochs() {
        return epochs * share;
    }

    @Override
    public String verdict() {
        return String.format(
                Locale.ROOT,
                "%d of %d edges left after %d cells scored, which cost %.1f epochs of training: %s; %,d parameters, %,d MACs,"
                        + " not yet trained",
                cell.edges().size(),
                complete.edges().size(),
                scored,
                searchEpochs(),
                cell,
                size.parameters(),
                size.macs());
    }

    private record Row(
            int step, String removed, Cell cell, double accuracy, double macs, double score, double mean, int tried) {}

    /**
     * Of every removal what was left and how it scored; without a search one row, the cell. The last row tells what the search
     * cost in passes over all training samples, and the result's parameters and MACs as shares of the given network's.
     */
    @Override
    public Table trace() {
        List<Row> rows = new ArrayList<>();
        for (Shrinking.Step step : steps) {
            Shrinking.Scored kept = step.kept();
            String removed = step.removed() == null ? "" : step.removed().toString();
            rows.add(new Row(
                    rows.size() + 1,
                    removed,
                    kept.cell(),
                    kept.accuracy(),
                    kept.macs(),
                    kept.score(),
                    step.mean(),
                    step.tried()));
        }
        if (rows.isEmpty()) {
            rows.add(new Row(0, "", cell, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0));
        }
        Row last = rows.get(rows.size() - 1);
        Cost given = Cost.of(change.start(), change.data().train().shape());
        double parameters = (double) size.parameters() / given.parameters();
        double macs = (double) size.macs() / given.macsDense();
        return Rows.of(rows)
                .ints("step", Row::step)
                .texts("removed", Row::removed)
                .ints("edges", row -> row.cell().edges().size())
                .ints("output nodes", row -> row.cell().leaves().length)
                .doubles("MACs of the search's network", Row::macs)
                .doubles("validation accuracy", Row::accuracy)
                .doubles("score", Row::score)
                .doubles("mean score", Row::mean)
                .ints("cells scored", Row::tried)
                .ints("chosen", row -> row.cell().equals(cell) ? 1 : 0)
                .doubles("search epochs", row -> row == last ? searchEpochs() : Double.NaN)
                .doubles("share of parameters", row -> row == last ? parameters : Double.NaN)
                .doubles("share of MACs", row -> row == last ? macs : Double.NaN)
                .ints("last", row -> row == last ? 1 : 0)
                .texts("cell", Row::cell)
                .table("autoshrink, removals");
    }

    /** The cell that is left, in the complete one. */
    @Override
    public Chart<?, ?> figure() {
        return CellFigure.of(
                title(cell), complete.operations().equals(cell.operations()) ? complete : cell, cell, null);
    }

    /**
     * The cell after so many removals, the edge that went last dashed.
     *
     * @param removals from 0, the complete cell, to the number of {@link #steps}
     */
    public XYChart figure(int removals) {
        Require.between("removals", removals, 0, steps.size());
        if (removals == 0) {
            return CellFigure.of(title(complete), complete, complete, null);
        }
        Shrinking.Step step = steps.get(removals - 1);
        return CellFigure.of(title(step.kept().cell()), complete, step.kept().cell(), step.removed());
    }

    private String title(Cell shown) {
        return change.data().title() + ", cell of " + shown.edges().size() + " edges";
    }

    /** Validation accuracy of the search's network against edges: every cell that stayed. */
    public Chart<?, ?> path() {
        Require.that(
                !steps.isEmpty(), "nothing was scored, so there is no path; take search=shrinking or random-cells");
        return Charts.lines(
                change.data().title() + ", the search",
                "edges",
                "validation accuracy of the search's network",
                Charts.Spread.BAND,
                List.of(Charts.Curve.of(
                        "cell kept", steps, step -> step.kept().cell().edges().size(), step -> step.kept()
                                .accuracy())));
    }
}
