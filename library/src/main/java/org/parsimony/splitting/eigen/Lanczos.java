package org.parsimony.splitting.eigen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.parsimony.base.Progress;

/** Lanczos' method on all units of a layer side by side; every unit has its own Krylov space. */
final class Lanczos {

    /** A direction shorter than this beside the matrix is rounding. */
    private static final double NOTHING = 1e-7;

    private Lanczos() {}

    static List<Ends> ends(SplittingMatrices matrices, int iterations, SplittableRandom random, Progress progress) {
        int units = matrices.units();
        double[][] next = Vectors.directions(units, matrices.inputs(), random);
        // a product first takes out what no sample shows, for example pixels that are always black
        next = matrices.times(next);
        List<Space> spaces = new ArrayList<>();
        for (int j = 0; j < units; j++) {
            spaces.add(new Space(next[j]));
        }
        for (int k = 0; k < Math.min(iterations, matrices.inputs()); k++) {
            progress.checkCancelled();
            double[][] vectors = new double[units][];
            boolean any = false;
            for (int j = 0; j < units; j++) {
                vectors[j] = spaces.get(j).last();
                any |= !spaces.get(j).whole;
            }
            if (!any) {
                break;
            }
            double[][] products = matrices.times(vectors);
            for (int j = 0; j < units; j++) {
                spaces.get(j).grow(products[j]);
            }
        }
        return spaces.stream().map(Space::ends).toList();
    }

    /** The Krylov space of one unit. */
    private static final class Space {
        private final List<double[]> basis = new ArrayList<>();
        private final List<Double> diagonal = new ArrayList<>();
        private final List<Double> beside = new ArrayList<>();
        private double scale;
        private boolean whole;

        Space(double[] first) {
            double[] vector = first.clone();
            whole = Vectors.normalise(vector) == 0;
            basis.add(vector);
        }

        double[] last() {
            return basis.get(basis.size() - 1);
        }

        void grow(double[] product) {
            if (whole) {
                return;
            }
            double[] rest = product.clone();
            double alpha = Vectors.dot(product, last());
            diagonal.add(alpha);
            for (int twice = 0; twice < 2; twice++) { // once leaves rounding errors that grow
                for (double[] vector : basis) {
                    Vectors.add(rest, -Vectors.dot(rest, vector), vector);
                }
            }
            double beta = Vectors.normalise(rest);
            scale = Math.max(scale, Math.abs(alpha) + beta);
            if (beta <= NOTHING * scale) {
                whole = true;
            } else {
                basis.add(rest);
                beside.add(beta);
            }
        }

        Ends ends() {
            int n = diagonal.size();
            if (n == 0) {
                double[] none = new double[last().length];
                return new Ends(0, none, 0, none);
            }
            double[] main = diagonal.stream().mapToDouble(Double::doubleValue).toArray();
            double[] second = Arrays.copyOf(
                    beside.stream().mapToDouble(Double::doubleValue).toArray(), n - 1);
            EigenDecomposition ritz = new EigenDecomposition(main, second);
            double[] values = ritz.getRealEigenvalues();
            int low = 0;
            int high = 0;
            for (int i = 1; i < n; i++) {
                low = values[i] < values[low] ? i : low;
                high = values[i] > values[high] ? i : high;
            }
            return new Ends(values[low], vector(ritz, low), values[high], vector(ritz, high));
        }

        private double[] vector(EigenDecomposition ritz, int which) {
            double[] vector = new double[last().length];
            for (int k = 0; k < diagonal.size(); k++) {
                Vectors.add(vector, ritz.getEigenvector(which).getEntry(k), basis.get(k));
            }
            return Vectors.normal(vector);
        }
    }
}
