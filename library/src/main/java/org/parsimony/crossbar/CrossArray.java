package org.parsimony.crossbar;

import java.util.Arrays;

/**
 * One array: a weight for each crossing of an output line with an input line, and the devices that hold it. The last input line
 * is that of the bias. Weights without a device are zero for good.
 */
final class CrossArray {

    private final int outputs;
    private final int inputs;
    /** What is read, {@code [outputs × inputs]}. */
    private final float[] weights;

    private final boolean[] absent;
    private final double cycleSpread;
    private final double scale;
    /** By device of a weight; empty if the array is ideal. */
    private final Device[] devices;

    /** One device for each weight: what it holds, its steps and its bounds. */
    private record Device(float[] state, float[] up, float[] down, float[] high, float[] low) {}

    private CrossArray(
            int outputs,
            int inputs,
            float[] weights,
            boolean[] absent,
            double cycleSpread,
            double scale,
            Device[] devices) {
        this.outputs = outputs;
        this.inputs = inputs;
        this.weights = weights;
        this.absent = absent;
        this.cycleSpread = cycleSpread;
        this.scale = scale;
        this.devices = devices;
    }

    /** An array without devices, whose weights are any floats. */
    static CrossArray ideal(int outputs, int inputs, float[] weights, boolean[] absent) {
        CrossArray array = new CrossArray(outputs, inputs, weights.clone(), absent, 0, 1, new Device[0]);
        array.clear();
        return array;
    }

    /**
     * An array of freshly drawn devices, each of which is written to its weight as far as its bounds allow.
     *
     * @param weights that are wanted, {@code [outputs × inputs]}
     * @param absent where there is no device
     * @param scale by which outputs are multiplied outside the array; weights are divided by it before they are written
     * @param error standard deviation of what is written, as a share of the mean bound
     */
    static CrossArray resistive(
            int outputs,
            int inputs,
            float[] weights,
            boolean[] absent,
            Devices model,
            double scale,
            double error,
            Draws draws) {
        int n = outputs * inputs;
        Device[] devices = new Device[model.perWeight()];
        for (int k = 0; k < devices.length; k++) {
            Device device = new Device(new float[n], new float[n], new float[n], new float[n], new float[n]);
            for (int at = 0; at < n; at++) {
                double gain = 1 + model.stepSpread() * draws.gaussian();
                // the ratio of both steps is about 1 + 2r
                double r = model.imbalance() / 2 * draws.gaussian();
                float high = (float) Math.abs(model.bound() * (1 + model.boundSpread() * draws.gaussian()));
                float low = (float) -Math.abs(model.bound() * (1 + model.boundSpread() * draws.gaussian()));
                double wanted = weights[at] / scale + error * model.bound() * draws.gaussian();
                if (!absent[at]) {
                    device.up[at] = (float) Math.abs(model.step() * (gain + r));
                    device.down[at] = (float) Math.abs(model.step() * (gain - r));
                    device.high[at] = high;
                    device.low[at] = low;
                    device.state[at] = Math.max(low, Math.min(high, (float) wanted));
                }
            }
            devices[k] = device;
        }
        CrossArray array = new CrossArray(outputs, inputs, new float[n], absent, model.cycleSpread(), scale, devices);
        for (int at = 0; at < n; at++) {
            array.weights[at] = array.mean(at);
        }
        return array;
    }

    int outputs() {
        return outputs;
    }

    /** Input lines, the bias among them. */
    int inputs() {
        return inputs;
    }

    /** What the reads multiply with; shared. */
    float[] weights() {
        return weights;
    }

    double scale() {
        return scale;
    }

    boolean isIdeal() {
        return devices.length == 0;
    }

    private float mean(int at) {
        if (devices.length == 1) {
            return devices[0].state[at];
        }
        double sum = 0;
        for (Device device : devices) {
            sum += device.state[at];
        }
        return (float) (sum / devices.length);
    }

    private void clear() {
        for (int at = 0; at < absent.length; at++) {
            if (absent[at]) {
                weights[at] = 0;
            }
        }
    }

    /** Adds {@code rate} · d x' exactly: x {@code [inputs × columns]}, d {@code [outputs × columns]}. */
    void add(float rate, float[] x, float[] d, int columns) {
        Products.outer(weights, outputs, inputs, rate, x, d, columns);
        clear();
    }

    /**
     * Coincidences of a block of at most 64 slots: bit k of a line's train is a pulse in slot k, bit k of its signs that its
     * value is below zero there. Where both lines of a crossing have a pulse, each device of it makes a step up if the signs
     * agree, else down. All steps of the block are summed, their spread drawn once, and cut off at the bounds once; in law this
     * is step by step except where a bound is met within the block. Work: an AND and two population counts for each crossing of
     * lines that have a pulse.
     */
    void pulse(long[] x, long[] xSigns, long[] d, long[] dSigns, Draws draws) {
        int[] active = new int[inputs];
        int n = 0;
        for (int j = 0; j < inputs; j++) {
            if (x[j] != 0) {
                active[n++] = j;
            }
        }
        for (int i = 0; n > 0 && i < outputs; i++) {
            long row = d[i];
            long signs = dSigns[i];
            for (int k = 0; row != 0 && k < n; k++) {
                int j = active[k];
                long both = x[j] & row;
                if (both != 0) {
                    int down = Long.bitCount(both & (xSigns[j] ^ signs));
                    step(i * inputs + j, Long.bitCount(both) - down, down, draws);
                }
            }
        }
    }

    private void step(int at, int ups, int downs, Draws draws) {
        for (Device device : devices) {
            float up = device.up[at];
            float down = device.down[at];
            float change = ups * up - downs * down;
            if (cycleSpread > 0) {
                float squares = ups * up * up + downs * down * down;
                change += (float) (cycleSpread * Math.sqrt(squares)) * draws.gaussian();
            }
            float next = device.state[at] + change;
            device.state[at] = Math.max(device.low[at], Math.min(device.high[at], next));
        }
        weights[at] = mean(at);
    }

    /** Sets all weights to zero, devices and bounds as they are. */
    void reset() {
        Arrays.fill(weights, 0);
        for (Device device : devices) {
            Arrays.fill(device.state, 0);
        }
    }
}
