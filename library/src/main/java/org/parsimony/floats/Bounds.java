package org.parsimony.floats;

/**
 * What a layer's products and running sums can be at most and at least, from its inputs and weights: it decides which form
 * of {@link MultiplyAdd} gives the exact result.
 *
 * @param exact whether every sum of the layer is exact in 64-bit floats
 * @param inRange whether nothing can saturate, become zero or become a subnormal
 */
record Bounds(boolean exact, boolean inRange) {

    /**
     * @param inputs of one sample, of the format
     * @param smallestWeight in magnitude, not zero; infinite if there is none
     * @param largestWeight in magnitude
     * @param fanIn products of a sum at most
     */
    static Bounds of(FloatFormat format, double[] inputs, double smallestWeight, double largestWeight, int fanIn) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        double all = 0;
        for (double x : inputs) {
            double a = Math.abs(x);
            if (a > 0) {
                least = Math.min(least, a);
                most = Math.max(most, a);
                all += a;
            }
        }
        if (!(all < Double.POSITIVE_INFINITY)) {
            return new Bounds(false, false);
        }
        if (all == 0 || largestWeight == 0) {
            return new Bounds(true, true);
        }
        int m = format.mantissaBits();
        double smallProduct = least * smallestWeight;
        double largeProduct = most * largestWeight;
        // Truncated sums never exceed the exact ones. To nearest they may grow, but stall near 2^(M+2) largest
        // products.
        double sum = Math.min(all, fanIn * most) * largestWeight;
        if (format.rounding() != Rounding.TOWARD_ZERO) {
            sum = Math.min(sum * Math.exp(fanIn * Math.scalb(1.0, -m - 1)), Math.scalb(largeProduct, m + 4));
        }
        boolean productsNormal = smallProduct >= Math.scalb(1.0, format.least());
        // Rounded products, and so their sums, are multiples of this power of two.
        int unit = Math.max(format.least(), Math.getExponent(smallProduct)) - m;
        boolean inRange = productsNormal
                && 2 * sum <= format.max()
                && (format.small() == FloatFormat.Small.SUBNORMAL || unit >= format.least());
        int top = Math.getExponent(2 * Math.min(sum, format.max()));
        return new Bounds(top - unit <= 52, inRange);
    }
}
