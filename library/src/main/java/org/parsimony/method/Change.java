package org.parsimony.method;

import org.parsimony.data.Dataset;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;

/**
 * From which network to which a step went, on what data and at what expense.
 *
 * <p>{@link #changed} is the network right after the change, before any fine-tuning within the step; null for a step that
 * only trains or looks at the network. Its row is measured on the first call of {@link #measurement} and kept.
 */
public final class Change {

    private final Model start;
    private final Model changed;
    private final Model model;
    private final Dataset data;
    private final double epochs;
    private final int batchSize;
    private final double seconds;
    private final boolean fresh;
    private final long memory;
    private Measurement row;
    private Glance glance;

    private Change(
            Model start,
            Model changed,
            Model model,
            Dataset data,
            double epochs,
            int batchSize,
            double seconds,
            boolean fresh,
            long memory) {
        this.start = start;
        this.changed = changed;
        this.model = model;
        this.data = data;
        this.epochs = epochs;
        this.batchSize = batchSize;
        this.seconds = seconds;
        this.fresh = fresh;
        this.memory = memory;
    }

    /** A step from {@code start} to {@code model} that began at {@code nanos} of {@link System#nanoTime}. */
    public static Change of(Model start, Model model, Dataset data, long nanos) {
        return new Change(start, null, model, data, 0, 1, (System.nanoTime() - nanos) * 1e-9, false, -1);
    }

    /** The same, with the network right after the change, before any fine-tuning. */
    public Change rightAfter(Model network) {
        return new Change(start, network, model, data, epochs, batchSize, seconds, fresh, memory);
    }

    /** The same, in which {@link #model} was trained for so many passes over the training samples. */
    public Change trained(double passes, int batch) {
        return new Change(start, changed, model, data, passes, batch, seconds, fresh, memory);
    }

    /** The same, in which the weights began anew: what they were trained before counts no longer. */
    public Change fresh() {
        return new Change(start, changed, model, data, epochs, batchSize, seconds, true, memory);
    }

    /** The same with the greatest training memory within the step, in bytes, where the result does not tell it. */
    public Change memory(long bytes) {
        return new Change(start, changed, model, data, epochs, batchSize, seconds, fresh, bytes);
    }

    /** The network the step started from. */
    public Model start() {
        return start;
    }

    /** The network right after the change, before any fine-tuning; null for a step that changes nothing but by training. */
    public Model changed() {
        return changed;
    }

    /** The resulting network. */
    public Model model() {
        return model;
    }

    /** The data the step saw. */
    public Dataset data() {
        return data;
    }

    /** Passes over the training samples that the resulting network has had in this step. */
    public double epochs() {
        return epochs;
    }

    /** Samples of a training batch, at least 1: what the modelled training memory is counted with. */
    public int batchSize() {
        return batchSize;
    }

    /** Whether the weights began anew in this step. */
    public boolean isFresh() {
        return fresh;
    }

    /** The greatest modelled training memory within the step, in bytes; -1 where the result tells it. */
    public long memory() {
        return memory;
    }

    /** Wall-clock seconds of the step. */
    public double seconds() {
        return seconds;
    }

    /** What can be said of the step at once, kept: {@link #measurement} says the same and more. */
    public synchronized Glance glance() {
        if (glance == null) {
            Cost cost = Cost.of(model, data.train().shape());
            glance = new Glance(
                    Architectures.text(model),
                    cost.parameters(),
                    cost.nonzeros(),
                    cost.macsNonzero(),
                    start.evaluate(data.test()),
                    changed == null ? null : changed.evaluate(data.test()),
                    model.evaluate(data.test()),
                    seconds);
        }
        return glance;
    }

    /** One row about the step by itself. */
    public synchronized Measurement measurement() {
        if (row == null) {
            row = new Measurement.Course()
                    .began(start.evaluate(data.test()))
                    .changed(changed == null ? null : changed.evaluate(data.test()))
                    .trained(epochs, batchSize)
                    .took(seconds)
                    .memory(memory)
                    .measure(model, data);
        }
        return row;
    }
}
