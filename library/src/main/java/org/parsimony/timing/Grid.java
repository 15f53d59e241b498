package org.parsimony.timing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The widths at which kernels are measured, 1, 2, 3, 4, 6, 8, 12, 16, 24, … (powers of two and the middles between them), and
 * the shares in which the others lie between them. Widths are interpolated linearly in each direction, which is exact for what
 * grows as a + b·inputs + c·units + d·inputs·units; densities linearly between powers of one half, numbers of values linearly in
 * their logarithm between powers of four.
 */
final class Grid {

    private Grid() {}

    /** The greatest width of the grid that is no greater. */
    static int below(int width) {
        int power = Integer.highestOneBit(width);
        int middle = power + power / 2;
        return power > 1 && middle <= width ? middle : power;
    }

    /** The least width of the grid that is no less. */
    static int above(int width) {
        int power = Integer.highestOneBit(width);
        if (power == width) {
            return width;
        }
        int middle = power + power / 2;
        return power > 1 && width <= middle ? middle : 2 * power;
    }

    /** Kernels of the grid around {@code kernel} with their shares, which sum to 1; only itself where it lies on the grid. */
    static Map<Kernel, Double> around(Kernel kernel) {
        List<Corner> corners = List.of(new Corner(new int[0], 1));
        for (int width : kernel.widths()) {
            int low = below(width);
            int high = above(width);
            double share = low == high ? 0 : (double) (width - low) / (high - low);
            List<Corner> more = new ArrayList<>();
            for (Corner corner : corners) {
                corner.add(low, 1 - share, more);
                corner.add(high, share, more);
            }
            corners = more;
        }
        Map<Kernel, Double> around = new LinkedHashMap<>();
        for (Corner corner : corners) {
            stored(kernel.stored())
                    .forEach((how, share) ->
                            around.merge(kernel.with(corner.widths, how), corner.share * share, Double::sum));
        }
        return around;
    }

    private record Corner(int[] widths, double share) {

        void add(int width, double part, List<Corner> to) {
            if (part > 0) {
                int[] longer = java.util.Arrays.copyOf(widths, widths.length + 1);
                longer[widths.length] = width;
                to.add(new Corner(longer, share * part));
            }
        }
    }

    private static Map<Stored, Double> stored(Stored stored) {
        Map<Stored, Double> around = new LinkedHashMap<>();
        if (stored == null || stored.equals(Stored.PLAIN)) {
            around.put(stored, 1.0);
            return around;
        }
        double low = 1.0 / (1 << 6);
        while (low < 1 && 2 * low <= stored.density()) {
            low *= 2;
        }
        double high = Math.min(1, 2 * low);
        double upper = low == high ? 0 : Math.max(0, stored.density() - low) / (high - low);
        int few = 1;
        while (few > 0 && 4L * few <= stored.values()) {
            few *= 4;
        }
        double more = stored.values() == 0 ? 0 : Math.log((double) stored.values() / few) / Math.log(4);
        for (double[] density : new double[][] {{low, 1 - upper}, {high, upper}}) {
            for (int[] values : stored.values() == 0 ? new int[][] {{0, 0}} : new int[][] {{few, 0}, {4 * few, 1}}) {
                double share = density[1] * (values[1] == 0 ? 1 - more : more);
                if (share > 0) {
                    around.merge(new Stored(stored.code(), density[0], values[0]), share, Double::sum);
                }
            }
        }
        return around;
    }
}
