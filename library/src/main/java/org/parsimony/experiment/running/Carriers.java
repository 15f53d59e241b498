package org.parsimony.experiment.running;

import java.util.ServiceLoader;
import org.parsimony.base.Require;

/** Finds who carries out recipes at an address. Carriers of other machines come with modules of their own, as services. */
public final class Carriers {

    private Carriers() {}

    /** Which kernel of the BLAS multiplies on other machines; another one may give other bits. */
    public enum Kernel {
        /** That of the process that asks; a machine that cannot run it refuses the work. */
        OF_DRIVER,
        /** The fastest of each machine. */
        OF_EACH
    }

    /** Knows addresses of one kind. */
    public interface Provider {

        /** Whether it knows this kind of address. */
        boolean takes(String address);

        /** Goes there. */
        Carrier open(String address, Kernel kernel);
    }

    /**
     * The carrier at an address, for example {@code spark://host:7077} or {@code local[2]}.
     *
     * @throws IllegalArgumentException if no module that is here knows it
     */
    public static Carrier at(String address, Kernel kernel) {
        for (Provider provider : ServiceLoader.load(Provider.class, Carriers.class.getClassLoader())) {
            if (provider.takes(address)) {
                return provider.open(address, kernel);
            }
        }
        Require.that(
                !address.matches("spark://.+|local\\[.+]"),
                "--on is %s, but Apache Spark is not on the class path; ./parsimony sweep FILE --on %s fetches it (218 MB)",
                address,
                address);
        throw new IllegalArgumentException(
                "--on is \"" + address + "\", but must be spark://host:port or local[n], for example local[2]");
    }
}
