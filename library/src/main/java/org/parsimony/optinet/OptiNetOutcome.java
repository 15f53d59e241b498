package org.parsimony.optinet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Rows;
import org.parsimony.method.Change;
import org.parsimony.method.Outcome;
import org.parsimony.network.Architectures;
import tech.tablesaw.api.Table;

/**
 * What OptiNET found.
 *
 * @param complexity of the training split
 * @param entropies of every hidden layer of the dense baseline, in order
 * @param tries in order; the last one is the result
 * @param reference validation accuracy of the dense baseline
 * @param tolerance greatest drop below it that was allowed
 */
public record OptiNetOutcome(
        Change change,
        Complexity complexity,
        List<LayerEntropy> entropies,
        List<OptiNET.Try> tries,
        double reference,
        double tolerance)
        implements Outcome {

    /** The try that is the result. */
    public OptiNET.Try result() {
        return tries.get(tries.size() - 1);
    }

    /** Widths of the hidden layers that were found. */
    public int[] widths() {
        return result().widths();
    }

    /** One sentence: the widths, the parameters saved, and whether the tolerance was kept. */
    @Override
    public String verdict() {
        OptiNET.Try last = result();
        int[] before = entropies.stream().mapToInt(LayerEntropy::units).toArray();
        boolean tuned = !Double.isNaN(last.accuracyTuned());
        String accuracy = String.format(
                Locale.ROOT,
                "validation accuracy %.2f %% against %.2f %% of the dense baseline",
                100 * (tuned ? last.accuracyTuned() : last.accuracy()),
                100 * reference);
        if (Arrays.equals(before, last.widths())) {
            String why = Double.isNaN(last.demand())
                    ? "the rule asks for no fewer units"
                    : tries.size() == 1
                            ? "the first demand takes every unit already"
                            : String.format(Locale.ROOT, "no narrower network was within %.2f points", 100 * tolerance);
            return "nothing was cut: " + why + "; " + accuracy;
        }
        String sentence = String.format(
                Locale.ROOT,
                "hidden widths %s became %s, parameters %,d became %,d; %s, ",
                Architectures.text(before),
                Architectures.text(last.widths()),
                change.start().net().parameters(),
                last.parameters(),
                accuracy);
        if (!tuned) {
            return sentence + "cut without fine-tuning, so not held to the tolerance";
        }
        return sentence
                + String.format(
                        Locale.ROOT,
                        last.accepted()
                                ? "within the tolerance of %.2f points"
                                : "NOT within the tolerance of %.2f points",
                        100 * tolerance);
    }

    /** One row for every try: choice of units, demand factor, widths, parameters, validation accuracies, accepted. */
    @Override
    public Table trace() {
        return Rows.of(tries)
                .numbered("try")
                .texts("units by", step -> step.units().name().toLowerCase(Locale.ROOT))
                .doubles("demand factor", OptiNET.Try::demand)
                .texts("hidden widths", step -> Architectures.text(step.widths()))
                .longs("parameters", OptiNET.Try::parameters)
                .doubles("validation accuracy before fine-tuning", OptiNET.Try::accuracy)
                .doubles("validation accuracy after fine-tuning", OptiNET.Try::accuracyTuned)
                .flags("accepted", OptiNET.Try::accepted)
                .table("OptiNET, tries");
    }

    /** Entropy against layer width, all hidden layers in one picture, the chosen widths marked. */
    @Override
    public Chart<?, ?> figure() {
        return EntropyFigure.of(this);
    }
}
