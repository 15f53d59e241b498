package org.parsimony.network.fused;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;

/** An elementwise activation and its derivative, over a run of an array, with the bias added on the way in. */
abstract class Activation {

    /** {@code a ← f(a + bias)} on {@code [from, to)}; {@code z} keeps a + bias where {@link #needsInput}. */
    abstract void apply(float[] a, float[] z, int from, int to, float bias);

    /** {@code d ← d · f'} on {@code [from, to)}. */
    abstract void derive(float[] d, float[] a, float[] z, int from, int to);

    /** Whether the derivative is a function of the input and not of the output alone. */
    boolean needsInput() {
        return false;
    }

    /** This activation, or null if it is none of these. */
    static Activation of(IActivation activation) {
        if (activation instanceof ActivationIdentity) {
            return new Identity();
        }
        if (activation instanceof ActivationReLU relu
                && relu.getMax() == null
                && relu.getThreshold() == null
                && relu.getNegativeSlope() == null) {
            return new Relu();
        }
        return null;
    }

    /** f(z) = z. */
    static final class Identity extends Activation {
        @Override
        void apply(float[] a, float[] z, int from, int to, float bias) {
            for (int i = from; i < to; i++) {
                a[i] += bias;
            }
        }

        @Override
        void derive(float[] d, float[] a, float[] z, int from, int to) {}
    }

    /** f(z) = max(z, 0). */
    static final class Relu extends Activation {
        @Override
        void apply(float[] a, float[] z, int from, int to, float bias) {
            for (int i = from; i < to; i++) {
                a[i] = Math.max(a[i] + bias, 0f);
            }
        }

        /** The step function without a branch: any positive float times 1e38 times 1e8 is at least 1. */
        @Override
        void derive(float[] d, float[] a, float[] z, int from, int to) {
            for (int i = from; i < to; i++) {
                d[i] *= Math.min(1f, a[i] * 1e38f * 1e8f);
            }
        }
    }
}
