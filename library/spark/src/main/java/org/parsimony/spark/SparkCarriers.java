package org.parsimony.spark;

import org.parsimony.experiment.running.Carrier;
import org.parsimony.experiment.running.Carriers;

/** Takes {@code spark://host:port} and {@code local[n]}. */
public final class SparkCarriers implements Carriers.Provider {

    @Override
    public boolean takes(String address) {
        return address.matches("spark://.+|local\\[(\\d+|\\*)]");
    }

    @Override
    public Carrier open(String address, Carriers.Kernel kernel) {
        return new SparkCarrier(address, kernel);
    }
}
