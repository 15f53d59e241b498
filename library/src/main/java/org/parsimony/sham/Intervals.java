package org.parsimony.sham;

/**
 * The cheapest cut of sorted weights into a given number of intervals, by a price for each interval: see
 * {@link KMeans#exact}.
 */
final class Intervals {

    private final Sorted weights;
    private final int n;
    private final double[] least;
    private final int[] before;
    private final int[] edges;
    /** Starts of intervals that may still be best, and the first end that each is best for. */
    private final int[] start;

    private final int[] from;

    Intervals(Sorted weights) {
        this.weights = weights;
        n = weights.size();
        least = new double[n + 1];
        before = new int[n + 1];
        edges = new int[n + 1];
        start = new int[n + 1];
        from = new int[n + 1];
    }

    /** Bounds of the {@code k} intervals, 2 ≤ k < n, of the least sum of costs. */
    int[] best(int k) {
        double low = 0;
        double high = weights.cost(0, n);
        int[] many = null;
        int[] few = {0, n};
        // the cost of k intervals is about c/k², so the price of the k-th is about 2c/k³
        double price = high / ((double) k * k * k);
        while (high > low * (1 + 1e-12) && high > Double.MIN_NORMAL) {
            int found = cheapest(price);
            if (found == k) {
                return path();
            }
            if (found > k) {
                low = price;
                many = path();
            } else {
                high = price;
                few = path();
            }
            double guess = price * Math.pow((double) found / k, 3);
            boolean inside = guess > low * (1 + 1e-3) && guess < high * (1 - 1e-3) && Math.abs(found - k) > 2;
            price = inside ? guess : low == 0 ? high / 1e3 : Math.sqrt(low) * Math.sqrt(high);
        }
        return joined(few, many == null ? everyValue() : many, k);
    }

    private int[] everyValue() {
        int[] bound = new int[n + 1];
        for (int i = 0; i <= n; i++) {
            bound[i] = i;
        }
        return bound;
    }

    /**
     * A path of k edges no longer than two as cheap at the same price, one of fewer and one of more edges: along the first
     * one up to where an edge of the second lies within its next edge, then along the second.
     */
    private static int[] joined(int[] few, int[] many, int k) {
        int ahead = many.length - 1 - k;
        int i = 0;
        while (few[i + 1] < many[i + 1 + ahead]) {
            i++;
        }
        int[] bound = new int[k + 1];
        System.arraycopy(few, 0, bound, 0, i + 1);
        System.arraycopy(many, i + 1 + ahead, bound, i + 1, k - i);
        return bound;
    }

    private int[] path() {
        int[] bound = new int[edges[n] + 1];
        for (int i = n, e = edges[n]; e > 0; i = before[i], e--) {
            bound[e] = i;
        }
        return bound;
    }

    /** Number of intervals of the cheapest cut where each costs {@code price} more (Hirschberg and Larmore, 1987). */
    private int cheapest(double price) {
        int head = 0;
        int tail = 1;
        start[0] = 0;
        from[0] = 1;
        for (int end = 1; end <= n; end++) {
            while (head + 1 < tail && from[head + 1] <= end) {
                head++;
            }
            int i = start[head];
            least[end] = length(i, end) + price;
            before[end] = i;
            edges[end] = edges[i] + 1;
            if (end == n) {
                break;
            }
            while (tail > head + 1 && length(end, from[tail - 1]) < length(start[tail - 1], from[tail - 1])) {
                tail--;
            }
            int first = firstBetter(end, start[tail - 1], Math.max(end, from[tail - 1]));
            if (first <= n) {
                start[tail] = end;
                from[tail++] = first;
            }
        }
        return edges[n];
    }

    /** The first end above {@code above} that an interval from {@code later} is better for than one from {@code i}. */
    private int firstBetter(int later, int i, int above) {
        int low = above;
        int step = 1;
        while (low + step <= n && length(later, low + step) >= length(i, low + step)) {
            low += step;
            step *= 2;
        }
        int high = Math.min(n + 1, low + step);
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (length(later, middle) < length(i, middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private double length(int i, int end) {
        return least[i] + weights.cost(i, end);
    }
}
