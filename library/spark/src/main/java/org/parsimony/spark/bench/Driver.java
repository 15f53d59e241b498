package org.parsimony.spark.bench;

import java.nio.file.Path;
import org.parsimony.base.Progress;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Carrier;
import org.parsimony.experiment.running.Carriers;
import org.parsimony.experiment.running.Materials;
import org.parsimony.experiment.sweep.SweepPlan;
import org.parsimony.experiment.sweep.Sweeping;

/** A sweep in a process of its own, to be killed: a plan's file, a store, and an address of Spark. */
final class Driver {

    private Driver() {}

    public static void main(String[] arguments) throws Exception {
        SweepPlan plan = SweepPlan.read(Path.of(arguments[0]));
        Path store = Path.of(arguments[1]);
        Workplace place = new Workplace(store, store.resolveSibling("networks"), new Materials(), 1);
        try (Carrier carrier = Carriers.at(arguments[2], Carriers.Kernel.OF_DRIVER)) {
            Sweeping.run(plan, place, carrier, Progress.NONE);
        }
        System.exit(0); // ND4J leaves threads behind
    }
}
