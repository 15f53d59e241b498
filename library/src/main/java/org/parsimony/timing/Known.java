package org.parsimony.timing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What is known of a kind of kernel, as a law of its work that never falls: the monotone fit of least squares to what was
 * measured, linear between, proportional beyond the greatest, constant below the least. It answers where nothing may be measured.
 *
 * @param work ascending
 * @param seconds never falling
 */
record Known(double[] work, double[] seconds) {

    /** A measured kernel. */
    record Point(double work, double seconds) {}

    /** Pools neighbours that fall until none does. */
    static Known of(Collection<Point> points) {
        List<double[]> pools = new ArrayList<>(); // sum of seconds, number, least work, greatest work
        points.stream().sorted(Comparator.comparingDouble(Point::work)).forEach(point -> {
            double[] pool = {point.seconds(), 1, point.work(), point.work()};
            while (!pools.isEmpty()) {
                double[] last = pools.get(pools.size() - 1);
                if (last[3] < pool[2] && last[0] / last[1] <= pool[0] / pool[1]) {
                    break;
                }
                pool = new double[] {last[0] + pool[0], last[1] + pool[1], last[2], pool[3]};
                pools.remove(pools.size() - 1);
            }
            pools.add(pool);
        });
        double[] work = new double[2 * pools.size()];
        double[] seconds = new double[work.length];
        for (int p = 0; p < pools.size(); p++) {
            double[] pool = pools.get(p);
            work[2 * p] = pool[2];
            work[2 * p + 1] = pool[3];
            seconds[2 * p] = pool[0] / pool[1];
            seconds[2 * p + 1] = seconds[2 * p];
        }
        return new Known(work, seconds);
    }

    /** Seconds for this work. */
    double at(double amount) {
        int last = work.length - 1;
        if (amount >= work[last]) {
            return seconds[last] * amount / work[last];
        }
        int next = 0;
        while (work[next] <= amount) {
            next++;
        }
        if (next == 0) {
            return seconds[0];
        }
        double share = (amount - work[next - 1]) / (work[next] - work[next - 1]);
        return seconds[next - 1] + share * (seconds[next] - seconds[next - 1]);
    }
}
