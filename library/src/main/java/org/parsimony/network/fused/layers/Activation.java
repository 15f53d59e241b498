package org.parsimony.network.fused.layers;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** An elementwise activation and its derivative, over a run of an array, with the bias added on the way in. */
abstract class Activation {

    /** {@code z ← a + bias, a ← f(z)} on {@code [from, to)}; {@code z} may be null unless {@link #needsInput}. */
    abstract void apply(float[] a, float[] z, int from, int to, float bias);

    /** {@code d ← d · f'(z)} on {@code [from, to)}. */
    abstract void derive(float[] d, float[] a, float[] z, int from, int to);

    /** Whether the derivative is computed from the input rather than from the output. */
    boolean needsInput() {
        return false;
    }

    /** This activation, or null if it is none of these. */
    static Activation of(IActivation activation) {
        if (activation instanceof ActivationIdentity) {
            return new Identity();
        } else if (activation instanceof ActivationReLU relu) {
            boolean plain = relu.getMax() == null && relu.getThreshold() == null && relu.getNegativeSlope() == null;
            return plain ? new Relu() : null;
        } else if (activation instanceof ActivationLReLU leaky) {
            float alpha = (float) leaky.getAlpha();
            return new Pointwise(z -> z < 0 ? alpha * z : z, (z, a) -> z < 0 ? alpha : 1);
        } else if (activation instanceof ActivationTanH) {
            return new Pointwise(z -> (float) Math.tanh(z), (z, a) -> 1 - a * a);
        } else if (activation instanceof ActivationSigmoid) {
            return new Pointwise(Activation::sigmoid, (z, a) -> a * (1 - a));
        } else if (activation instanceof ActivationELU elu) {
            // Deeplearning4j's derivative forgets alpha, so only its default is the function it trains
            return elu.getAlpha() == 1
                    ? new Pointwise(z -> z < 0 ? (float) Math.expm1(z) : z, (z, a) -> z < 0 ? a + 1 : 1)
                    : null;
        } else if (activation instanceof ActivationSELU) {
            float alpha = 1.6732632423543772848170429916717f;
            float lambda = 1.0507009873554804934193349852946f;
            return new Pointwise(
                    z -> z > 0 ? lambda * z : lambda * alpha * (float) Math.expm1(z),
                    (z, a) -> z > 0 ? lambda : a + lambda * alpha);
        } else if (activation instanceof ActivationSoftPlus) {
            return new Pointwise(
                    z -> (float) (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))), (z, a) -> sigmoid(z));
        } else if (activation instanceof ActivationSoftSign) {
            return new Pointwise(z -> z / (1 + Math.abs(z)), (z, a) -> 1 / ((1 + Math.abs(z)) * (1 + Math.abs(z))));
        } else if (activation instanceof ActivationHardSigmoid) {
            return new Pointwise(
                    z -> Math.min(1f, Math.max(0f, 0.2f * z + 0.5f)), (z, a) -> Math.abs(z) < 2.5f ? 0.2f : 0);
        } else if (activation instanceof ActivationHardTanH) {
            return new Pointwise(z -> Math.min(1f, Math.max(-1f, z)), (z, a) -> Math.abs(z) < 1 ? 1 : 0);
        } else if (activation instanceof ActivationSwish) {
            return new Pointwise(z -> z * sigmoid(z), (z, a) -> {
                float s = sigmoid(z);
                return s + a * (1 - s);
            });
        }
        return null;
    }

    static float sigmoid(float z) {
        return (float) (1 / (1 + Math.exp(-z)));
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

    /** f(z) = max(z, 0), without branches, so that both loops are vectorised. */
    static final class Relu extends Activation {
        @Override
        void apply(float[] a, float[] z, int from, int to, float bias) {
            for (int i = from; i < to; i++) {
                a[i] = Math.max(a[i] + bias, 0f);
            }
        }

        /** The step function: any positive float times 1e38 times 1e8 is at least 1. */
        @Override
        void derive(float[] d, float[] a, float[] z, int from, int to) {
            for (int i = from; i < to; i++) {
                d[i] *= Math.min(1f, a[i] * 1e38f * 1e8f);
            }
        }
    }

    /** Any other function, one value at a time. */
    private static final class Pointwise extends Activation {

        interface Function {
            float at(float z);
        }

        interface Slope {
            float at(float z, float a);
        }

        private final Function function;
        private final Slope slope;

        Pointwise(Function function, Slope slope) {
            this.function = function;
            this.slope = slope;
        }

        @Override
        boolean needsInput() {
            return true;
        }

        @Override
        void apply(float[] a, float[] z, int from, int to, float bias) {
            for (int i = from; i < to; i++) {
                float input = a[i] + bias;
                z[i] = input;
                a[i] = function.at(input);
            }
        }

        @Override
        void derive(float[] d, float[] a, float[] z, int from, int to) {
            for (int i = from; i < to; i++) {
                d[i] *= slope.at(z[i], a[i]);
            }
        }
    }
}
