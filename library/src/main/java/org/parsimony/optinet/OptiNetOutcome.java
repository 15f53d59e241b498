package org.parsimony.optinet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.network.Architectures;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;
import org.parsimony.network.Outcome;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What OptiNET found.
 *
 * @param original the trained original network
 * @param model the sized and fine-tuned network
 * @param complexity of the training split
 * @param entropies of every hidden layer of the original, in order
 * @param tries in order; the last one is the result
 * @param reference validation accuracy of the original
 * @param measurement one row about the result
 */
public record OptiNetOutcome(
        Model original,
        Model model,
        Complexity complexity,
        List<LayerEntropy> entropies,
        List<OptiNET.Try> tries,
        double reference,
        Measurement measurement)
        implements Outcome {

    /** Widths of the hidden layers that were found. */
    public int[] widths() {
        return tries.get(tries.size() - 1).widths();
    }

    /** One sentence: the widths, the parameters saved, and whether the tolerance was kept. */
    @Override
    public String verdict() {
        OptiNET.Try last = tries.get(tries.size() - 1);
        int[] before = entropies.stream().mapToInt(LayerEntropy::units).toArray();
        long parameters = original.network().numParams();
        String accuracy = String.format(
                Locale.ROOT,
                "validation accuracy %.2f %% against %.2f %%",
                100 * last.accuracyTuned(),
                100 * reference);
        if (Arrays.equals(before, last.widths())) {
            return "nothing was removed: no narrower net was within the tolerance; " + accuracy;
        }
        return String.format(
                Locale.ROOT,
                "hidden widths %s became %s, parameters %,d became %,d; %s, %s",
                Architectures.text(before),
                Architectures.text(last.widths()),
                parameters,
                last.parameters(),
                accuracy,
                last.accepted() ? "within the tolerance" : "NOT within the tolerance");
    }

    /** One row for every try: demand factor, widths, parameters, validation accuracies, accepted. */
    @Override
    public Table trace() {
        IntColumn number = IntColumn.create("try");
        DoubleColumn demand = DoubleColumn.create("demand factor");
        StringColumn widths = StringColumn.create("hidden widths");
        LongColumn parameters = LongColumn.create("parameters");
        DoubleColumn after = DoubleColumn.create("validation after cut");
        DoubleColumn tuned = DoubleColumn.create("validation tuned");
        BooleanColumn accepted = BooleanColumn.create("accepted");
        for (OptiNET.Try step : tries) {
            number.append(number.size() + 1);
            demand.append(step.demand());
            widths.append(Architectures.text(step.widths()));
            parameters.append(step.parameters());
            after.append(step.accuracyAfter());
            tuned.append(step.accuracyTuned());
            accepted.append(step.accepted());
        }
        return Table.create("OptiNET, tries", number, demand, widths, parameters, after, tuned, accepted);
    }

    /** Entropy against layer width, all hidden layers in one picture, the chosen widths marked. */
    @Override
    public Chart<?, ?> figure() {
        return EntropyFigure.of(this);
    }
}
