package org.parsimony.sham;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;
import org.parsimony.network.Outcome;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
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

    /** The largest of the chosen layers, {@code [inputs × units]}. */
    public DenseMatrix largest() {
        CodedWeights most = layers.stream()
                .max(Comparator.comparingLong(l -> (long) l.rows() * l.cols()))
                .orElseThrow();
        return new Weights(most.layer(), most.rows(), most.cols()).matrix(model);
    }

    /** Bytes of the whole {@code .pars} file. */
    public long fileBytes() {
        return coded.sizeInBytes();
    }

    /** Bytes of all the network's parameters as 32-bit floats over {@link #fileBytes}. */
    public double ratio() {
        return (double) measurement.bytesDisk().get(Measurement.RAW) / fileBytes();
    }

    /** One sentence: what is left, how small it is and what it costs in accuracy. */
    @Override
    public String verdict() {
        long weights =
                layers.stream().mapToLong(l -> (long) l.rows() * l.cols()).sum();
        long nonzeros = layers.stream().mapToLong(CodedWeights::nonzeros).sum();
        return String.format(
                Locale.ROOT,
                "%,d of %,d weights are left with at most %d values in a layer: a file of %,d bytes, 1/%.1f of the"
                        + " network in 32-bit floats; test accuracy %.2f %% against %.2f %%",
                nonzeros,
                weights,
                layers.stream().mapToInt(CodedWeights::distinct).max().orElse(0),
                fileBytes(),
                ratio(),
                100 * measurement.accuracyTuned(),
                100 * measurement.accuracyBefore());
    }

    /** One row for every step. */
    @Override
    public Table trace() {
        StringColumn phase = StringColumn.create("phase");
        IntColumn epoch = IntColumn.create("epoch");
        LongColumn nonzeros = LongColumn.create("nonzeros");
        IntColumn distinct = IntColumn.create("distinct values");
        DoubleColumn loss = DoubleColumn.create("training loss");
        DoubleColumn validation = DoubleColumn.create("validation accuracy");
        for (Step step : steps) {
            phase.append(step.phase());
            epoch.append(step.epoch());
            nonzeros.append(step.nonzeros());
            distinct.append(step.distinct());
            loss.append(step.loss());
            validation.append(step.validation());
        }
        return Table.create("sham, steps", phase, epoch, nonzeros, distinct, loss, validation);
    }

    /** One row for every chosen layer: nonzeros, distinct values, entropy, bytes in every code, ψ in both readings. */
    public Table table() {
        Table table = Table.create("sham, layers; sizes in bytes");
        table.addColumns(
                IntColumn.create(
                        "layer", layers.stream().mapToInt(CodedWeights::layer).toArray()),
                StringColumn.create(
                        "shape",
                        layers.stream().map(l -> l.rows() + " × " + l.cols()).toList()),
                LongColumn.create(
                        "nonzeros",
                        layers.stream().mapToLong(CodedWeights::nonzeros).toArray()),
                IntColumn.create(
                        "values",
                        layers.stream().mapToInt(CodedWeights::distinct).toArray()),
                DoubleColumn.create(
                        "entropy, bits",
                        layers.stream().mapToDouble(CodedWeights::entropy).toArray()));
        for (String code : layers.get(0).bytes().keySet()) {
            table.addColumns(LongColumn.create(
                    code, layers.stream().mapToLong(l -> l.bytes().get(code)).toArray()));
        }
        for (String code : layers.get(0).psiReported().keySet()) {
            table.addColumns(
                    DoubleColumn.create(
                            "ψ " + code + ", published",
                            layers.stream()
                                    .mapToDouble(l -> l.psiReported().get(code))
                                    .toArray()),
                    DoubleColumn.create(
                            "ψ " + code + ", corrected",
                            layers.stream()
                                    .mapToDouble(l -> l.psiCorrected().get(code))
                                    .toArray()));
        }
        return table;
    }

    /** Weights of the chosen layers before and after. */
    @Override
    public Chart<?, ?> figure() {
        return ShamFigures.weights(this);
    }

    /** Length of the Huffman code word of every value of the chosen layers against its ideal length −log₂ p. */
    public XYChart codeLengths() {
        return ShamFigures.codeLengths(this);
    }
}
