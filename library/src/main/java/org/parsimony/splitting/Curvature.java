package org.parsimony.splitting;

import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * The second derivative of activations. A kink has none, so that of ReLU is taken from the soft-plus
 * {@code log(1 + exp(βa)) / β}, as the authors do; the network itself stays as it is.
 */
final class Curvature {

    private Curvature() {}

    /** Whether units with this activation are linear, so that their splitting matrices are zero. */
    static boolean isLinear(IActivation function) {
        return function instanceof ActivationIdentity;
    }

    /**
     * The second derivative as a function of the pre-activation.
     *
     * @param beta slope of the soft-plus that stands for a kink
     * @throws IllegalArgumentException for an activation that is not supported, by name
     */
    static DoubleUnaryOperator of(IActivation function, double beta) {
        if (function instanceof ActivationReLU) {
            return a -> softplus(a, beta);
        } else if (function instanceof ActivationLReLU leaky) {
            double slope = leaky.getAlpha();
            return a -> (1 - slope) * softplus(a, beta);
        } else if (function instanceof ActivationReLU6) {
            return a -> softplus(a, beta) - softplus(a - 6, beta);
        } else if (function instanceof ActivationSoftPlus) {
            return a -> softplus(a, 1);
        } else if (function instanceof ActivationTanH) {
            return a -> {
                double h = Math.tanh(a);
                return -2 * h * (1 - h * h);
            };
        } else if (function instanceof ActivationSigmoid) {
            return a -> {
                double s = sigmoid(a);
                return s * (1 - s) * (1 - 2 * s);
            };
        } else if (function instanceof ActivationSwish) {
            return a -> {
                double s = sigmoid(a);
                return s * (1 - s) * (2 + a * (1 - 2 * s));
            };
        } else if (function instanceof ActivationELU elu) {
            double alpha = elu.getAlpha();
            return a -> a < 0 ? alpha * Math.exp(a) : 0;
        } else if (isLinear(function)) {
            return a -> 0;
        }
        throw new IllegalArgumentException("activation " + function + " has no curvature here, so its units cannot be "
                + "split; use relu, leakyrelu, relu6, elu, softplus, tanh, sigmoid or swish, or choose other layers");
    }

    private static double softplus(double a, double beta) {
        double s = sigmoid(beta * a);
        return beta * s * (1 - s);
    }

    private static double sigmoid(double a) {
        return 1 / (1 + Math.exp(-a));
    }
}
