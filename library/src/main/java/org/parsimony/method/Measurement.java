package org.parsimony.method;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.parsimony.data.Dataset;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Score;
import org.parsimony.network.training.Trainer;

/**
 * One row about one network, with the same columns whatever made it. A value that was not measured is NaN (for counts:
 * -1), never a guess.
 *
 * @param network architecture of the result, for example {@code "784-65-26-10"}
 * @param parameters trainable parameters
 * @param nonzeros trainable parameters that are not zero
 * @param macsDense multiply-accumulates for one sample, all weights counted
 * @param macsNonzero multiply-accumulates for one sample, zero weights skipped
 * @param bytesMemory bytes of the parameters in memory (32-bit floats)
 * @param bytesDisk bytes on disk by code: {@link #RAW} and {@link #FILE} are the whole network, {@link #DENSE} and every
 *     code the weight matrices of its coded layers
 * @param latencyMedian median seconds for one batch of one sample, single thread, nothing else of this process running
 * @param latencyLower lower quartile of the latency in seconds
 * @param latencyUpper upper quartile of the latency in seconds
 * @param accuracyBefore test accuracy in [0, 1], NaN where targets are real values, of the dense baseline: the network before the first step that changed it
 * @param accuracyAfter test accuracy right after the last change, before fine-tuning
 * @param accuracyTuned test accuracy of the result
 * @param lossBefore test loss of the dense baseline: mean cross-entropy in nats, of real values the mean squared error
 * @param lossAfter test loss right after the last change, before fine-tuning
 * @param lossTuned test loss of the result
 * @param validationAccuracy validation accuracy of the result, on which choices were made
 * @param trainingMemory modelled peak bytes of training memory
 * @param epochs passes over the training samples that the weights have had in all steps
 * @param seconds wall-clock seconds of all steps
 * @param engine what trains such a network here, {@code "fused"}, {@code "texts"} or {@code "deeplearning4j"}
 * @param concordanceBefore of real values the test concordance in [0, 1] of the dense baseline; NaN of classes, as the others
 * @param concordanceAfter test concordance right after the last change, before fine-tuning
 * @param concordanceTuned test concordance of the result
 * @param validationError of real values the mean squared error on validation samples, on which choices were made
 */
public record Measurement(
        String network,
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
        double lossBefore,
        double lossAfter,
        double lossTuned,
        double validationAccuracy,
        long trainingMemory,
        double epochs,
        double seconds,
        String engine,
        double concordanceBefore,
        double concordanceAfter,
        double concordanceTuned,
        double validationError) {

    /** The columns that speak of classes alone; NaN in rows of real values. */
    public static final Set<String> OF_CLASSES =
            Set.of("accuracyBefore", "accuracyAfter", "accuracyTuned", "validationAccuracy");

    /** The columns that speak of real values alone; NaN in rows of classes. */
    public static final Set<String> OF_VALUES =
            Set.of("concordanceBefore", "concordanceAfter", "concordanceTuned", "validationError");

    public Measurement {
        bytesDisk = new TreeMap<>(bytesDisk);
    }

    /** The code of {@link #bytesDisk} that is none: the coded layers' weights as 32-bit floats. */
    public static final String DENSE = "dense";

    /** The entry of {@link #bytesDisk} for all parameters as 32-bit floats. */
    public static final String RAW = "raw";

    /** The entry of {@link #bytesDisk} for the whole {@code .pars} file, every layer in its smallest code. */
    public static final String FILE = "pars";

    /** Passes that the latency of a row is measured on. */
    private static final int LATENCY_REPEATS = 200;

    /**
     * What became of a network on the way to the one that is measured. A recipe's steps, or a single one, tell it in
     * order.
     */
    public static final class Course {

        private Score before;
        private Score after;
        private double epochs;
        private double seconds;
        private long memory = -1;
        private int batchSize = 1;

        /** The test score of the dense baseline. */
        public Course began(Score score) {
            before = score;
            return this;
        }

        /** The test score right after the last change, or null for none. */
        public Course changed(Score score) {
            after = score;
            return this;
        }

        /** So many more passes over the training samples in batches of so many. */
        public Course trained(double passes, int batch) {
            epochs += passes;
            batchSize = passes > 0 ? batch : batchSize;
            return this;
        }

        /** So many more seconds. */
        public Course took(double more) {
            seconds += more;
            return this;
        }

        /**
         * The greatest training memory so far, in bytes, where the steps know it better than the result tells; -1 for not.
         */
        public Course memory(long bytes) {
            memory = Math.max(memory, bytes);
            return this;
        }

        /** Measures {@code model}: cost, sizes in every code, latency, scores on the validation and the test split. */
        public Measurement measure(Model model, Dataset data) {
            return measure(model, data, Cost.latency(model, data.test(), 1, LATENCY_REPEATS));
        }

        /** The same with a latency that was measured elsewhere. */
        public Measurement measure(Model model, Dataset data, Cost.Latency latency) {
            Cost cost = Cost.of(model, data.train().shape());
            Score test = model.evaluate(data.test());
            Score validation = model.evaluate(data.validation());
            return new Measurement(
                    Architectures.text(model),
                    cost.parameters(),
                    cost.nonzeros(),
                    cost.macsDense(),
                    cost.macsNonzero(),
                    cost.bytes(),
                    Sizes.of(model, cost.bytes(), data.train().shape()),
                    latency.median(),
                    latency.lower(),
                    latency.upper(),
                    before == null ? Double.NaN : before.accuracy(),
                    after == null ? Double.NaN : after.accuracy(),
                    test.accuracy(),
                    before == null ? Double.NaN : before.loss(),
                    after == null ? Double.NaN : after.loss(),
                    test.loss(),
                    validation.accuracy(),
                    Math.max(memory, cost.trainingMemory(batchSize, model.optimiser())),
                    epochs,
                    seconds,
                    Trainer.engine(model, data.train()),
                    before == null ? Double.NaN : before.concordance(),
                    after == null ? Double.NaN : after.concordance(),
                    test.concordance(),
                    validation.isValued() ? validation.loss() : Double.NaN);
        }
    }

    /** The latency of a network on one sample of {@code data}, as a row has it: nothing else should run meanwhile. */
    public static Cost.Latency latency(Model model, Dataset data) {
        return Cost.latency(model, data.test(), 1, LATENCY_REPEATS);
    }

    /**
     * The row as column name to value, in the order of the components, {@code bytesDisk} as {@code bytesDisk.code}; where
     * that map has {@code dense}, the coded layers as 32-bit floats, also {@code psi.code}, every other code's share of it. A
     * row of classes has no columns of real values, and a row of real values none of accuracies.
     */
    public Map<String, Object> columns() {
        Map<String, Object> row = new LinkedHashMap<>();
        Set<String> others = isValued() ? OF_CLASSES : OF_VALUES;
        for (var component : Measurement.class.getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(this);
                if (value instanceof Map<?, ?> map) {
                    map.forEach((code, bytes) -> row.put(component.getName() + "." + code, bytes));
                    occupancies(row);
                } else if (!others.contains(component.getName())) {
                    row.put(component.getName(), value);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component.getName(), e);
            }
        }
        return row;
    }

    /** Whether the row is of data with real values as targets. */
    public boolean isValued() {
        return !Double.isNaN(validationError);
    }

    /** What the test result is: accuracy, or of real values the mean squared error. */
    public Score test() {
        return new Score(accuracyTuned, lossTuned, 0, concordanceTuned);
    }

    private void occupancies(Map<String, Object> row) {
        Long dense = bytesDisk.get(DENSE);
        if (dense != null) {
            bytesDisk.forEach((code, bytes) -> {
                if (!code.equals(DENSE) && !code.equals(RAW) && !code.equals(FILE)) {
                    row.put("psi." + code, (double) bytes / dense);
                }
            });
        }
    }
}
