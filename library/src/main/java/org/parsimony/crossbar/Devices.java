package org.parsimony.crossbar;

import org.parsimony.base.Require;

/**
 * What the devices of an array are like. Spreads are standard deviations as a share of the mean.
 *
 * @param step mean change of a weight by one coincidence, Δw_min
 * @param stepSpread of steps from device to device
 * @param cycleSpread of a device's step from coincidence to coincidence
 * @param imbalance of the ratio of steps up and down from device to device
 * @param bound mean greatest size of a weight
 * @param boundSpread of bounds from device to device, up and down apart
 * @param perWeight devices that hold one weight, their mean
 */
record Devices(
        double step,
        double stepSpread,
        double cycleSpread,
        double imbalance,
        double bound,
        double boundSpread,
        int perWeight) {

    Devices {
        Require.positive("step", step);
        Require.between("stepSpread", stepSpread, 0, 10);
        Require.between("cycleSpread", cycleSpread, 0, 10);
        Require.between("imbalance", imbalance, 0, 10);
        Require.positive("bound", bound);
        Require.between("boundSpread", boundSpread, 0, 10);
        Require.between("devices", perWeight, 1, 1000);
    }

    /** These devices, so many to a weight. */
    Devices perWeight(int other) {
        return new Devices(step, stepSpread, cycleSpread, imbalance, bound, boundSpread, other);
    }
}
