package org.parsimony.floats;

import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.figure.Charts;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What a search or a sweep of formats found.
 *
 * @param options that were given
 * @param found the fastest format that was measured to reach the target, null if none was
 * @param looks the formats that were measured, in order
 * @param plane of a sweep; null for a search
 */
public record FoundPrecision(
        Change change, PrecisionSearch.Options options, FloatFormat found, List<Look> looks, Plane plane)
        implements Outcome {

    /**
     * One format.
     *
     * @param rSquared agreement of the outputs on a few inputs with those of floats
     * @param promised relative accuracy by the line
     * @param measured relative accuracy on the validation samples; NaN if not measured
     */
    public record Look(FloatFormat format, double rSquared, double promised, double measured) {

        Look measured(double relative) {
            return new Look(format, rSquared, promised, relative);
        }
    }

    /** One row for every measured format, and which of them was found; speeds are {@link MacModel}'s. */
    @Override
    public Table trace() {
        Table table = Table.create(
                "formats that were measured",
                IntColumn.create("measurement"),
                StringColumn.create("format"),
                IntColumn.create("bits"),
                DoubleColumn.create("R²"),
                DoubleColumn.create("promised relative accuracy"),
                DoubleColumn.create("relative accuracy"),
                DoubleColumn.create("modelled speed-up"),
                IntColumn.create("found"));
        for (Look look : looks) {
            table.intColumn(0).append(table.rowCount() + 1);
            table.stringColumn(1).append(look.format().text());
            table.intColumn(2).append(look.format().bits());
            table.doubleColumn(3).append(look.rSquared());
            table.doubleColumn(4).append(look.promised());
            table.doubleColumn(5).append(look.measured());
            table.doubleColumn(6).append(MacModel.speedUp(look.format()));
            table.intColumn(7).append(look.format().equals(found) ? 1 : 0);
        }
        return table;
    }

    /** Of a sweep accuracy over the plane of formats; of a search what was promised and what was measured. */
    @Override
    public Chart<?, ?> figure() {
        if (plane != null) {
            return plane.figure();
        }
        double[] r = looks.stream().mapToDouble(Look::rSquared).toArray();
        return Charts.points(
                change.data().title() + ", search of a format",
                "R² of the outputs on " + options.inputs() + " inputs",
                "relative accuracy",
                List.of(
                        new Charts.Curve(
                                "promised",
                                r,
                                looks.stream().mapToDouble(Look::promised).toArray()),
                        new Charts.Curve(
                                "measured",
                                r,
                                looks.stream().mapToDouble(Look::measured).toArray())));
    }

    /** The format, how many measurements it took, and what it would save by the model. */
    @Override
    public String verdict() {
        if (found == null) {
            return String.format(
                    Locale.ROOT,
                    "none of the %d measured formats reaches %.1f %% of the accuracy in floats; the network is as it was,"
                            + " take more checks, more bits or a lower target",
                    looks.size(),
                    100 * options.target());
        }
        return String.format(
                Locale.ROOT,
                "%s, %d bits, found with %d measurements; by the model of a multiply-add unit %.1f times as fast as 32-bit"
                        + " floats",
                found.text(),
                found.bits(),
                looks.size(),
                MacModel.speedUp(found));
    }
}
