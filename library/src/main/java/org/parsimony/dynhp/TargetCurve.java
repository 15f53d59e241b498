package org.parsimony.dynhp;

/**
 * How many parameters may be left after each check: P₀ · c^(−i/m) after the i-th of m checks, so that every check takes the
 * same share of what is left and the last one leaves P₀ / c.
 *
 * @param parameters P₀ of the dense network
 * @param compression c, at least 1
 * @param first epoch after which the first check is made, from 1
 * @param every so many epochs
 * @param last epoch after which a check may be made
 */
record TargetCurve(long parameters, double compression, int first, int every, int last) {

    /** Number of checks. */
    int checks() {
        return 1 + (last - first) / every;
    }

    /** Whether units are looked at after this epoch. */
    boolean isCheck(int epoch) {
        return epoch >= first && epoch <= last && (epoch - first) % every == 0;
    }

    /** Whether this is the last check: what is above the target then goes, however short it was unimportant. */
    boolean isLast(int epoch) {
        return isCheck(epoch) && epoch + every > last;
    }

    /** Parameters that may be left after the check that follows {@code epoch}. */
    long target(int epoch) {
        double progress = (1.0 + (epoch - first) / every) / checks();
        return (long) Math.floor(parameters * Math.pow(compression, -progress));
    }
}
