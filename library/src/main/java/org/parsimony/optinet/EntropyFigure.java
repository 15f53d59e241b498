package org.parsimony.optinet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.parsimony.figure.EntropyAgainstWidth;
import org.parsimony.network.Architectures;

/** The picture of what layers carry. */
final class EntropyFigure {

    private EntropyFigure() {}

    /** Bits carried against layer width, with demand and chosen width, every hidden layer in one picture. */
    static XYChart of(OptiNetOutcome outcome) {
        OptiNET.Try last = outcome.result();
        List<EntropyAgainstWidth.Layer> layers = new ArrayList<>();
        for (int l = 0; l < outcome.entropies().size(); l++) {
            LayerEntropy entropy = outcome.entropies().get(l);
            // Redundant units add nothing.
            double[] gains = Arrays.copyOf(entropy.gains(), entropy.units());
            layers.add(new EntropyAgainstWidth.Layer(
                    "hidden layer " + (l + 1), gains, last.demands()[l], last.widths()[l]));
        }
        String network = Architectures.text(outcome.change().start());
        return EntropyAgainstWidth.of(outcome.change().data().title() + " through " + network, layers);
    }
}
