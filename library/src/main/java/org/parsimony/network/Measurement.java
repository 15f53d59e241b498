package org.parsimony.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;

/**
 * One row about one network, with the same columns for every method. A value that was not measured is NaN (for counts:
 * -1), never a guess.
 *
 * @param method for example {@code "optinet"} or {@code "random removal"}
 * @param dataset registry name of the data set
 * @param network architecture, for example {@code "784-65-26-10"}
 * @param seed seed of the recipe
 * @param parameters trainable parameters
 * @param nonzeros trainable parameters that are not zero
 * @param macsDense multiply-accumulates for one sample, all weights counted
 * @param macsNonzero multiply-accumulates for one sample, zero weights skipped
 * @param bytesMemory bytes of the parameters in memory (32-bit floats)
 * @param bytesDisk bytes on disk by code, for example {@code "raw" -> 1066440}
 * @param latencyMedian median seconds for one batch of one sample, single thread
 * @param latencyLower lower quartile of the latency in seconds
 * @param latencyUpper upper quartile of the latency in seconds
 * @param accuracyBefore test accuracy in [0, 1] of the network the method started from
 * @param accuracyAfter test accuracy right after the change, before any fine-tuning
 * @param accuracyTuned test accuracy after fine-tuning
 * @param validationAccuracy validation accuracy of the final network, on which choices were made
 * @param lossTuned test loss of the final network: mean cross-entropy in nats, or of affinities mean squared error
 * @param trainingMemory modelled peak bytes of training memory
 * @param seconds wall-clock seconds of the whole method
 * @param engine what trains such a network here, {@code "fused"} or {@code "deeplearning4j"}; empty if not recorded
 */
public record Measurement(
        String method,
        String dataset,
        String network,
        long seed,
        long parameters,
        long nonzeros,
        long macsDense,
        long macsNonzero,
        long bytesMemory,
        Map<String, Long> bytesDisk,
        double latencyMedian,
        double latencyLower,
        double latencyUpper,
        double accuracyBefore,
        double accuracyAfter,
        double accuracyTuned,
        double validationAccuracy,
        double lossTuned,
        long trainingMemory,
        double seconds,
        String engine) {

    public Measurement {
        bytesDisk = new TreeMap<>(bytesDisk);
    }

    /** The code of {@link #bytesDisk} that is none: the coded layers' weights as 32-bit floats. */
    public static final String DENSE = "dense";

    /** The entry of {@link #bytesDisk} for all parameters as 32-bit floats. */
    public static final String RAW = "raw";

    /** Passes that the latency of a row is measured on. */
    private static final int LATENCY_REPEATS = 200;

    /**
     * Measures {@code model} as the result of a method: its cost, its latency for single samples, and its scores on the
     * validation and the test split.
     *
     * @param before test accuracy of the network that the method started from, or NaN
     * @param after test accuracy right after the change, before fine-tuning, or NaN
     * @param batchSize of the training, for the modelled training memory
     * @param seconds that the method took
     */
    public static Measurement of(
            String method,
            Dataset data,
            Model model,
            long seed,
            double before,
            double after,
            int batchSize,
            double seconds) {
        Cost cost = Cost.of(model, data.train().shape());
        Cost.Latency latency = Cost.latency(model, data.test(), 1, LATENCY_REPEATS);
        Score test = model.evaluate(data.test());
        return new Measurement(
                method,
                data.name(),
                Architectures.text(Architectures.widths(model)),
                seed,
                cost.parameters(),
                cost.nonzeros(),
                cost.macsDense(),
                cost.macsNonzero(),
                cost.bytes(),
                Map.of(RAW, cost.bytes()),
                latency.median(),
                latency.lower(),
                latency.upper(),
                before,
                after,
                test.accuracy(),
                model.evaluate(data.validation()).accuracy(),
                test.loss(),
                cost.trainingMemory(batchSize, model.optimiser()),
                seconds,
                Engine.name(model, model.fitted(data.train()).shape()));
    }

    /**
     * The row as column name to value, in the order of the components, {@code bytesDisk} as {@code bytesDisk.code}; where
     * that map has {@code dense}, the coded layers as 32-bit floats, also {@code psi.code}, every other code's share of it.
     */
    public Map<String, Object> columns() {
        Map<String, Object> row = new LinkedHashMap<>();
        for (var component : Measurement.class.getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(this);
                if (value instanceof Map<?, ?> map) {
                    map.forEach((code, bytes) -> row.put(component.getName() + "." + code, bytes));
                    occupancies(row);
                } else {
                    row.put(component.getName(), value);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component.getName(), e);
            }
        }
        return row;
    }

    private void occupancies(Map<String, Object> row) {
        Long dense = bytesDisk.get(DENSE);
        if (dense != null) {
            bytesDisk.forEach((code, bytes) -> {
                if (!code.equals(DENSE) && !code.equals(RAW)) {
                    row.put("psi." + code, (double) bytes / dense);
                }
            });
        }
    }

    /** A copy with other sizes on disk. */
    public Measurement withBytesDisk(Map<String, Long> other) {
        return With.component(this, "bytesDisk", other);
    }

    /** A row about a state on the way to this one, of which nothing was measured but the accuracies. */
    public Measurement ofAccuracies(double before, double after, double tuned) {
        double none = Double.NaN;
        return new Measurement(
                method, dataset, network, seed, -1, -1, -1, -1, -1, Map.of(), none, none, none, before, after, tuned,
                none, none, -1, none, "");
    }

    /** A copy under the name of another method. */
    public Measurement withMethod(String name) {
        return With.component(this, "method", name);
    }

    /** A copy about a method that started from a network of this test accuracy. */
    public Measurement withAccuracyBefore(double accuracy) {
        return With.component(this, "accuracyBefore", accuracy);
    }
}
