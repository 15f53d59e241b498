package org.parsimony.splitting.eigen;

/**
 * The splitting matrices of the units of one layer, known by their products with vectors alone: {@code S_j = E[∂L/∂σ_j ·
 * ∇²σ_j]}, d × d and symmetric, d being the weights that lead into a unit (Liu and others 2019, equation 3).
 */
public interface SplittingMatrices extends AutoCloseable {

    /** Units, each with its own matrix. */
    int units();

    /** d, the weights that lead into a unit. */
    int inputs();

    /** Samples that the expectation is taken over. */
    int samples();

    /**
     * The product of each unit's matrix with that unit's vector, the expectation taken over the samples from {@code from}
     * to before {@code to}.
     *
     * @param vectors {@code [units × inputs]}
     * @return {@code [units × inputs]}
     */
    double[][] times(double[][] vectors, int from, int to);

    /** The same over all samples. */
    default double[][] times(double[][] vectors) {
        return times(vectors, 0, samples());
    }

    /** The matrices themselves, {@code [units × inputs × inputs]}, by d products: for small layers and for tests. */
    default double[][][] exact() {
        double[][][] matrices = new double[units()][inputs()][];
        for (int i = 0; i < inputs(); i++) {
            double[][] basis = new double[units()][inputs()];
            for (double[] vector : basis) {
                vector[i] = 1;
            }
            double[][] column = times(basis);
            for (int j = 0; j < units(); j++) {
                matrices[j][i] = column[j]; // row i of a symmetric matrix
            }
        }
        return matrices;
    }

    /** Gives back what products keep in memory; a later product takes it anew. */
    @Override
    default void close() {}
}
