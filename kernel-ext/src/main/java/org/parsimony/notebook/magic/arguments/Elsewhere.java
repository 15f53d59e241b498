package org.parsimony.notebook.magic.arguments;

import org.parsimony.experiment.running.Carrier;
import org.parsimony.experiment.running.Carriers;
import picocli.CommandLine.Option;

/** The options by which a sweep is carried out on other machines. */
public final class Elsewhere {

    @Option(
            names = "--on",
            paramLabel = "ADDRESS",
            description = "spark://host:port or local[n]: carried out by Apache Spark, the rows stored here;"
                    + " default the threads of this process")
    private String address;

    @Option(
            names = "--kernel-here",
            description =
                    "with --on: each machine multiplies with the BLAS kernel that is the fastest there; without it all"
                            + " with this process's, since another kernel may give other bits")
    private boolean kernelHere;

    /**
     * Who carries out; to be closed after use.
     *
     * @throws IllegalArgumentException if nobody here knows the address; the message says what to do
     */
    public Carrier carrier() {
        return address == null
                ? Carrier.THREADS
                : Carriers.at(address, kernelHere ? Carriers.Kernel.OF_EACH : Carriers.Kernel.OF_DRIVER);
    }
}
