package org.parsimony.floats;

/** How often rounding ran out of a format's range. */
final class Tally {

    long saturated;
    long flushed;
    long notNumbers;

    /** {@code y}, which {@code x} was rounded to in a format whose greatest number is {@code max}. */
    double count(double x, double y, double max) {
        if (x != y) {
            if (Double.isNaN(y)) {
                notNumbers++;
            } else if (y == 0) {
                flushed++;
            } else if (Math.abs(y) >= max && Math.abs(x) > max) {
                saturated++;
            }
        }
        return y;
    }

    /** How often in all. */
    long outOfRange() {
        return saturated + flushed + notNumbers;
    }

    void add(Tally other) {
        saturated += other.saturated;
        flushed += other.flushed;
        notNumbers += other.notNumbers;
    }
}
