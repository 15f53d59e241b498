package org.parsimony.crossbar;

import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.figure.Charts;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import tech.tablesaw.api.Table;

/**
 * What {@link Writing} measured.
 *
 * @param levels one for each level of noise, in order
 */
public record WrittenArrays(Change change, Writing.Options options, List<Level> levels) implements Outcome {

    /**
     * One level of noise.
     *
     * @param noise standard deviation of an output
     * @param accuracy of the arrays on test samples
     * @param exact accuracy of what was written, with exact products
     * @param given accuracy of the network that was to be written
     * @param saturated reads a sample that were cut off, repeated ones counted again
     */
    public record Level(double noise, double accuracy, double exact, double given, double saturated) {}

    @Override
    public String verdict() {
        Level last = levels.get(levels.size() - 1);
        return String.format(
                Locale.ROOT,
                "test accuracy %.2f %%; as it was written, with exact products, %.2f %%; on arrays with noise %s, %.2f %%",
                100 * last.given(),
                100 * last.exact(),
                last.noise(),
                100 * last.accuracy());
    }

    /** One row a level. */
    @Override
    public Table trace() {
        return Rows.of(levels)
                .doubles("read noise", Level::noise)
                .doubles("accuracy on arrays", Level::accuracy)
                .doubles("accuracy, exact reads", Level::exact)
                .doubles("accuracy before writing", Level::given)
                .doubles("lost", level -> level.given() - level.accuracy())
                .doubles("reads cut off", Level::saturated)
                .table("crossbar, levels of noise");
    }

    /** Test accuracy against noise. */
    @Override
    public Chart<?, ?> figure() {
        return Charts.lines(
                change.data().title() + ", written onto arrays",
                "noise of a read",
                "test accuracy",
                Charts.Spread.BAND,
                List.of(
                        Charts.Curve.of("on arrays", levels, Level::noise, Level::accuracy),
                        Charts.Curve.of("exact reads", levels, Level::noise, Level::exact)));
    }
}
