package org.parsimony.optinet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.figure.Charts;
import org.parsimony.figure.EntropyAgainstWidth;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.optinet.LayerEntropy.Measure;

/** Pictures of what layers carry. */
public final class EntropyFigure {

    private EntropyFigure() {}

    /** Bits carried against layer width, with demand and chosen width, every hidden layer in one picture. */
    public static XYChart of(OptiNetOutcome outcome) {
        OptiNET.Try last = outcome.tries().get(outcome.tries().size() - 1);
        List<EntropyAgainstWidth.Layer> layers = new ArrayList<>();
        for (int l = 0; l < outcome.entropies().size(); l++) {
            LayerEntropy entropy = outcome.entropies().get(l);
            // Redundant units add nothing.
            double[] gains = Arrays.copyOf(entropy.gains(), entropy.units());
            layers.add(new EntropyAgainstWidth.Layer(
                    "hidden layer " + (l + 1), gains, last.demands()[l], last.widths()[l]));
        }
        String network = Architectures.text(Architectures.widths(outcome.original()));
        return EntropyAgainstWidth.of(outcome.measurement().dataset() + " through " + network, layers);
    }

    /**
     * What the first hidden layer carries by both measures: own entropies added up, and jointly.
     *
     * @param model trained network
     * @param probe samples that it is measured on
     * @param bins of the quantiser
     */
    public static XYChart measures(Model model, Samples probe, int bins, Progress progress) {
        List<Charts.Curve> curves = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            double[] carried =
                    LayerEntropy.of(model, 0, probe, measure, bins, 1, progress).carried();
            double[] widths = new double[carried.length];
            Arrays.setAll(widths, m -> m);
            String name = measure == Measure.JOINT ? "jointly" : "own entropies added up";
            curves.add(new Charts.Curve(name, widths, carried));
        }
        return Charts.lines(
                "the first hidden layer, counted in two ways",
                "layer width: units kept, those that add most first",
                "carried by the layer, bits",
                Charts.Spread.BAND,
                curves);
    }
}
