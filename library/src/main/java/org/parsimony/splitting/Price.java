package org.parsimony.splitting;

import java.util.function.DoubleUnaryOperator;

/** By what a unit's gain is divided when units compete for a budget. */
public enum Price {
    /** Its cost: the exact rule of energy-aware splitting. */
    COST(cost -> cost),
    /** The square root of its cost, as the authors' code has it for CIFAR. */
    ROOT(Math::sqrt),
    /** The logarithm of its cost, as the authors' code has it for ImageNet. */
    LOGARITHM(cost -> Math.log(1 + cost)),
    /** Nothing: plain splitting under the same budget. */
    NONE(cost -> 1);

    private final DoubleUnaryOperator of;

    Price(DoubleUnaryOperator of) {
        this.of = of;
    }

    DoubleUnaryOperator of() {
        return of;
    }
}
