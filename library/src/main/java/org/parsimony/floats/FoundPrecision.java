package org.parsimony.floats;

import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
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
        return Rows.of(looks)
                .numbered("measurement")
                .texts("format", look -> look.format().text())
                .ints("bits", look -> look.format().bits())
                .doubles("R²", Look::rSquared)
                .doubles("promised relative accuracy", Look::promised)
                .doubles("relative accuracy", Look::measured)
                .doubles("modelled speed-up", look -> MacModel.speedUp(look.format()))
                .ints("found", look -> look.format().equals(found) ? 1 : 0)
                .table("formats that were measured");
    }

    /** Of a sweep accuracy over the plane of formats; of a search what was promised and what was measured. */
    @Override
    public Chart<?, ?> figure() {
        if (plane != null) {
            return plane.figure();
        }
        return Charts.points(
                change.data().title() + ", search of a format",
                "R² of the outputs on " + options.inputs() + " inputs",
                "relative accuracy",
                List.of(
                        Curve.of("promised", looks, Look::rSquared, Look::promised),
                        Curve.of("measured", looks, Look::rSquared, Look::measured)));
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
