package org.parsimony.experiment;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.parsimony.base.Build;
import org.parsimony.network.machine.Machine;

/**
 * Where and with what a run was made: what a reader needs to repeat it or to see why it differs. No part of a run's name.
 *
 * @param started when the run began, to the second
 * @param finished when it ended, to the second
 * @param library version of this library
 * @param commit git commit that the library was built from, {@code -dirty} behind it if its sources differed from that; see
 *     {@link Build}
 * @param modified whether the library's sources differed from that commit
 * @param jdk version and vendor of the Java runtime
 * @param os name, version and architecture of the operating system
 * @param cpu model name of the processor
 * @param cores processors the Java runtime may use
 * @param instructions of the processor that matter for products, for example {@code AVX2}
 * @param blas library of the products, with its version
 * @param kernel of that library which ran, for example {@code Haswell}: another one may give other bits
 * @param load processes that wanted a core in the minute before the end, this one's threads included, as the system averages
 *     them: above {@code cores} the times of the row are those of a busy machine; NaN where the system does not tell
 */
public record Provenance(
        Instant started,
        Instant finished,
        String library,
        String commit,
        boolean modified,
        String jdk,
        String os,
        String cpu,
        int cores,
        String instructions,
        String blas,
        String kernel,
        double load) {

    /** The facts of this process, which do not change while it lives. */
    private static final class Here {
        static final Provenance FACTS = look();
    }

    /** A run of this process, between these two times. */
    public static Provenance here(Instant started, Instant finished) {
        Provenance f = Here.FACTS;
        return new Provenance(
                Instant.ofEpochSecond(started.getEpochSecond()),
                Instant.ofEpochSecond(finished.getEpochSecond()),
                f.library,
                f.commit,
                f.modified,
                f.jdk,
                f.os,
                f.cpu,
                f.cores,
                f.instructions,
                f.blas,
                f.kernel,
                loadNow());
    }

    /** What computed the products, since another library, kernel or block size may give other bits. */
    public String products() {
        return (blas + " " + kernel).strip();
    }

    private static double loadNow() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? Double.NaN : load;
    }

    private static Provenance look() {
        Build build = Build.here();
        Machine machine = Machine.here();
        return new Provenance(
                Instant.EPOCH,
                Instant.EPOCH,
                build.version(),
                build.commit(),
                build.modified(),
                machine.jdk(),
                machine.os(),
                machine.cpu(),
                machine.cores(),
                machine.instructions(),
                machine.blas(),
                machine.kernel(),
                Double.NaN);
    }
}
