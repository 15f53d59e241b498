package org.parsimony.network.fused;

import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * An optimiser's update of a run of parameters in one pass, with the formulas of ND4J's updaters: {@code w} the
 * parameters, {@code g} their gradients, {@code m} and {@code v} its state, all at the same indices.
 */
abstract class Optimiser {

    /** State values for each parameter, in the order of ND4J's state view. */
    final int slots;

    private final IUpdater config;
    /** The learning rate of this step. */
    float rate;

    private Optimiser(IUpdater config, int slots) {
        this.config = config;
        this.slots = slots;
    }

    /** Computes what is the same for all parameters of a step. */
    void prepare(int iteration, int epoch) {
        rate = (float) config.getLearningRate(iteration, epoch);
    }

    /** Updates {@code [from, to)}. */
    abstract void update(float[] w, float[] g, float[] m, float[] v, int from, int to);

    /** The optimiser with this configuration, or null if it is none of these. */
    static Optimiser of(IUpdater config) {
        if (config.getClass() == Adam.class) {
            return new AdamRule((Adam) config);
        } else if (config.getClass() == Nesterovs.class) {
            return new Momentum((Nesterovs) config);
        } else if (config.getClass() == RmsProp.class) {
            return new RmsRule((RmsProp) config);
        } else if (config.getClass() == Sgd.class) {
            return new Descent(config);
        }
        return null;
    }

    private static final class AdamRule extends Optimiser {
        private final Adam adam;
        private float step;

        AdamRule(Adam adam) {
            super(adam, 2);
            this.adam = adam;
        }

        /** The bias corrections go into the step, as in section 2 of Kingma and Ba (2015), last sentence. */
        @Override
        void prepare(int iteration, int epoch) {
            super.prepare(iteration, epoch);
            float b1 = (float) Math.pow((float) adam.getBeta1(), iteration + 1);
            float b2 = (float) Math.pow((float) adam.getBeta2(), iteration + 1);
            step = rate * (float) Math.sqrt(1 - b2) / (1 - b1);
            if (!Float.isFinite(step) || step == 0) {
                step = (float) adam.getEpsilon();
            }
        }

        @Override
        void update(float[] w, float[] g, float[] m, float[] v, int from, int to) {
            float b1 = (float) adam.getBeta1();
            float b2 = (float) adam.getBeta2();
            float c1 = 1 - b1;
            float c2 = 1 - b2;
            float epsilon = (float) adam.getEpsilon();
            float step = this.step;
            for (int i = from; i < to; i++) {
                float gi = g[i];
                float mi = b1 * m[i] + c1 * gi;
                float vi = b2 * v[i] + c2 * gi * gi;
                m[i] = mi;
                v[i] = vi;
                w[i] -= mi * step / ((float) Math.sqrt(vi) + epsilon);
            }
        }
    }

    private static final class Momentum extends Optimiser {
        private final Nesterovs nesterovs;
        private float momentum;

        Momentum(Nesterovs nesterovs) {
            super(nesterovs, 1);
            this.nesterovs = nesterovs;
        }

        @Override
        void prepare(int iteration, int epoch) {
            super.prepare(iteration, epoch);
            momentum = (float) nesterovs.currentMomentum(iteration, epoch);
        }

        @Override
        void update(float[] w, float[] g, float[] m, float[] v, int from, int to) {
            float momentum = this.momentum;
            float rate = this.rate;
            for (int i = from; i < to; i++) {
                float before = momentum * m[i];
                float after = before - rate * g[i];
                m[i] = after;
                w[i] -= before - (1 + momentum) * after;
            }
        }
    }

    private static final class RmsRule extends Optimiser {
        private final RmsProp rms;

        RmsRule(RmsProp rms) {
            super(rms, 1);
            this.rms = rms;
        }

        @Override
        void update(float[] w, float[] g, float[] m, float[] v, int from, int to) {
            float decay = (float) rms.getRmsDecay();
            float rest = 1 - decay;
            float epsilon = (float) rms.getEpsilon();
            float rate = this.rate;
            for (int i = from; i < to; i++) {
                float gi = g[i];
                float mi = decay * m[i] + rest * gi * gi;
                m[i] = mi;
                w[i] -= rate * gi / ((float) Math.sqrt(mi) + epsilon);
            }
        }
    }

    private static final class Descent extends Optimiser {
        Descent(IUpdater config) {
            super(config, 0);
        }

        @Override
        void update(float[] w, float[] g, float[] m, float[] v, int from, int to) {
            float rate = this.rate;
            for (int i = from; i < to; i++) {
                w[i] -= rate * g[i];
            }
        }
    }
}
