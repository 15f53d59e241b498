package org.parsimony.sham;

import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;
import org.parsimony.network.Outcome;
import tech.tablesaw.api.Table;

/**
 * What pruning and sharing left of a network.
 *
 * @param original the trained original network
 * @param model the compressed network, masked, its weights shared
 * @param steps every epoch of retraining and fine-tuning, and every change between them
 * @param layers the chosen layers
 * @param coded the network in our own code, as a {@code .pars} file holds it
 * @param measurement one row; {@code bytesDisk} has the chosen layers' size in every code and the whole file's
 */
public record ShamOutcome(
        Model original,
        Model model,
        List<Step> steps,
        List<CodedWeights> layers,
        CodedNetwork coded,
        Measurement measurement)
        implements Outcome {

    /**
     * One step.
     *
     * @param phase {@code "original"}, {@code "prune"}, {@code "retrain"}, {@code "share"} or {@code "tune"}
     * @param epoch of the phase, 0 for a change of weights
     * @param nonzeros of the chosen layers
     * @param distinct most distinct values of a chosen layer, zero included
     * @param loss mean training loss in nats, NaN for a change
     * @param validation accuracy in [0, 1]
     */
    public record Step(String phase, int epoch, long nonzeros, int distinct, double loss, double validation) {}

    /**
     * One chosen layer in every code.
     *
     * @param layer index in the network
     * @param rows inputs
     * @param cols outputs
     * @param nonzeros weights that are not zero
     * @param distinct values, zero included
     * @param entropy zero-order, bits a weight
     * @param bytes by code: {@code "dense"}, {@code "CSC"}, {@code "index map"}, {@code "CSER"}, {@code "HAM"},
     *     {@code "sHAM"}, {@code "prototypes"}
     * @param psiReported by code, occupancy of HAM and sHAM as the paper's scripts count
     * @param psiCorrected the same with 8 bytes for a 64-bit word
     */
    public record CodedWeights(
            int layer,
            int rows,
            int cols,
            long nonzeros,
            int distinct,
            double entropy,
            Map<String, Long> bytes,
            Map<String, Double> psiReported,
            Map<String, Double> psiCorrected) {}

    /** Bytes of the whole {@code .pars} file. */
    public long fileBytes() {
        throw new UnsupportedOperationException("to come");
    }

    /** Bytes of the chosen layers as 32-bit floats over {@link #fileBytes}. */
    public double ratio() {
        throw new UnsupportedOperationException("to come");
    }

    /** One sentence: what is left, how small it is and what it costs in accuracy. */
    @Override
    public String verdict() {
        throw new UnsupportedOperationException("to come");
    }

    /** One row for every step. */
    @Override
    public Table trace() {
        throw new UnsupportedOperationException("to come");
    }

    /** One row for every chosen layer: nonzeros, distinct values, entropy, bytes in every code, ψ in both readings. */
    public Table table() {
        throw new UnsupportedOperationException("to come");
    }

    /** Weights of the chosen layers before and after. */
    @Override
    public Chart<?, ?> figure() {
        throw new UnsupportedOperationException("to come");
    }

    /** Length of the Huffman code word of every value of the chosen layers against its ideal length −log₂ p. */
    public XYChart codeLengths() {
        throw new UnsupportedOperationException("to come");
    }
}
