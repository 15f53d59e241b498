package org.parsimony.secret;

import org.parsimony.method.Registration;
import org.parsimony.steps.Train;

/** A method that trains for an epoch and tells nothing of it. */
public final class Secret {

    private Secret() {}

    public record Options() {}

    public static final class Registered extends Registration<Options> {

        public Registered() {
            super(
                    "secret",
                    "",
                    "train without telling",
                    Options.class,
                    (start, data, options, context) -> Train.run(start, data, new Train.Options().epochs(1), context));
        }
    }
}
