package org.parsimony.secret;

import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.steps.Train;

/** A method that trains for an epoch and tells nothing of it, or tells that it keeps the optimiser's state. */
public final class Secret {

    private Secret() {}

    public record Options(boolean tells) {

        public Options() {
            this(false);
        }
    }

    public static final class Registered extends Registration<Options> {

        public Registered() {
            super(
                    "secret",
                    "",
                    "train without telling",
                    Options.class,
                    (start, data, options, context) -> Train.run(start, data, new Train.Options().epochs(1), context));
        }

        @Override
        public Training training(Options options) {
            Training.Stretch all =
                    new Train.Options().epochs(1).trainings(1).stretches().get(0);
            return options.tells()
                    ? Training.of(new Training.Stretch(
                            1, 1, all.batchSize(), all.rate(), "kept from one training to the next", all.choice()))
                    : Training.NONE;
        }
    }
}
