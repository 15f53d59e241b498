package org.parsimony.floats;

/**
 * What a multiply-add unit of few bits saves: a model, no measurement. The paper (section 3) synthesised one unit for each
 * format in 28 nm and prints two points, FL(7, 6) and FL(8, 6), against FL(23, 8): 7.2 and 5.7 times as fast with the same
 * area, 3.4 and 3.0 times less energy. A power of the mantissa's bits, hidden one included, goes through both; the exponent,
 * which is a few bits of an adder, is left out. Of fixed point no point is printed, so the model says nothing.
 */
public final class MacModel {

    private static final double SPEED = 1.787;
    private static final double ENERGY = 1.117;
    private static final int FLOAT = 24;

    private MacModel() {}

    /** Modelled speed relative to 32-bit floats on the same area, 1 for these; NaN for fixed point. */
    public static double speedUp(Precision precision) {
        return power(precision, SPEED);
    }

    /** Modelled energy of 32-bit floats over that of the format, 1 for these; NaN for fixed point. */
    public static double energySaving(Precision precision) {
        return power(precision, ENERGY);
    }

    private static double power(Precision precision, double exponent) {
        return precision instanceof FloatFormat format
                ? Math.pow((double) FLOAT / (format.mantissaBits() + 1), exponent)
                : Double.NaN;
    }
}
