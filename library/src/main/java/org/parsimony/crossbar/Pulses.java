package org.parsimony.crossbar;

import java.util.Arrays;
import org.parsimony.base.Require;

/**
 * The update by coincidence: W changes by rate · d x' on average, by trains of random pulses on the lines of inputs and errors
 * (Gokmen et al. 2017; patents US 10325007, 10783432 for the management).
 *
 * @param rate learning rate
 * @param slots of a train, the bit length BL, from 1 to 64
 * @param step mean step of the devices, Δw_min: the nominal one, whatever a device has
 */
record Pulses(double rate, int slots, double step, Management.Updates management) {

    Pulses {
        Require.positive("learningRate", rate);
        Require.between("pulses", slots, 1, 64);
        Require.positive("step", step);
        Require.oneOf("updateManagement", management, Management.Updates.values());
    }

    /**
     * What multiplies an input and an error to give the probability of a pulse, cut off at 1.
     *
     * @param x factor of inputs, C u
     * @param d factor of errors, C / u
     */
    record Factors(double x, double d) {

        double ofInput(double value) {
            return Math.min(1, x * Math.abs(value));
        }

        double ofError(double value) {
            return Math.min(1, d * Math.abs(value));
        }
    }

    /** The factors for vectors whose greatest sizes are these; √(rate / (BL Δw_min)) both without management. */
    Factors factors(double largestInput, double largestError) {
        double c = Math.sqrt(rate / (slots * step));
        if (management == Management.Updates.NONE) {
            return new Factors(c, c);
        }
        double least = step * step;
        double u = Math.sqrt(Math.max(least, largestError) / Math.max(least, largestInput));
        return new Factors(c * u, c / u);
    }

    /**
     * One update for every column of x {@code [inputs × columns]} and d {@code [outputs × columns]}, one after the other into the
     * same devices; as many columns at once as have room in 64 slots.
     */
    void update(CrossArray array, float[] x, float[] d, int columns, Draws draws) {
        int together = Math.max(1, 64 / slots);
        long[] xs = new long[array.inputs()];
        long[] xSigns = new long[array.inputs()];
        long[] ds = new long[array.outputs()];
        long[] dSigns = new long[array.outputs()];
        for (int from = 0; from < columns; from += together) {
            boolean any = false;
            for (int c = from; c < Math.min(columns, from + together); c++) {
                double largestError = largest(d, c, columns);
                double largestInput = largestError == 0 ? 0 : largest(x, c, columns);
                if (largestInput > 0) {
                    if (!any) {
                        Arrays.fill(xs, 0);
                        Arrays.fill(xSigns, 0);
                        Arrays.fill(ds, 0);
                        Arrays.fill(dSigns, 0);
                        any = true;
                    }
                    Factors factors = factors(largestInput, largestError);
                    int place = (c - from) * slots;
                    trains(d, c, columns, factors.d(), place, ds, dSigns, draws);
                    trains(x, c, columns, factors.x(), place, xs, xSigns, draws);
                }
            }
            if (any) {
                array.pulse(xs, xSigns, ds, dSigns, draws);
            }
        }
    }

    private static double largest(float[] values, int column, int columns) {
        float most = 0;
        for (int at = column; at < values.length; at += columns) {
            most = Math.max(most, Math.abs(values[at]));
        }
        return most;
    }

    private void trains(
            float[] values,
            int column,
            int columns,
            double factor,
            int place,
            long[] trains,
            long[] signs,
            Draws draws) {
        long slotsOfColumn = (slots == 64 ? -1 : (1L << slots) - 1) << place;
        for (int line = 0, at = column; line < trains.length; line++, at += columns) {
            float value = values[at];
            if (value != 0) {
                trains[line] |= draws.train(factor * Math.abs(value), slots) << place;
                if (value < 0) {
                    signs[line] |= slotsOfColumn;
                }
            }
        }
    }
}
