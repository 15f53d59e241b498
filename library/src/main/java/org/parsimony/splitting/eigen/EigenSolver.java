package org.parsimony.splitting.eigen;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;

/** How both ends of the spectrum of a layer's splitting matrices are found; all units of a layer at once. */
public enum EigenSolver {
    /**
     * Lanczos' method with full orthogonalisation on the products over all samples. Complexity: one product an iteration;
     * memory iterations × units × inputs.
     */
    LANCZOS {
        @Override
        public List<Ends> ends(SplittingMatrices matrices, Effort effort, SplittableRandom random, Progress progress) {
            return Lanczos.ends(matrices, effort.iterations(), random, progress);
        }
    },
    /**
     * Stochastic descent of the Rayleigh quotient over mini-batches by RMSProp, as in the authors' code; its estimate of |λ|
     * is biased towards 0. It descends once for either end. Complexity: two products over all samples a pass.
     */
    RAYLEIGH {
        @Override
        public List<Ends> ends(SplittingMatrices matrices, Effort effort, SplittableRandom random, Progress progress) {
            return Rayleigh.ends(matrices, effort, random, progress);
        }
    },
    /** The whole matrix of every unit and all its eigenvalues: for layers of few inputs. */
    EXACT {
        @Override
        public List<Ends> ends(SplittingMatrices matrices, Effort effort, SplittableRandom random, Progress progress) {
            Require.that(
                    matrices.inputs() <= LARGEST,
                    "the exact eigen-solver forms matrices of %d × %d, but at most %d × %d are formed; use lanczos",
                    matrices.inputs(),
                    matrices.inputs(),
                    LARGEST,
                    LARGEST);
            List<Ends> ends = new ArrayList<>();
            for (double[][] matrix : matrices.exact()) {
                progress.checkCancelled();
                ends.add(exact(matrix));
            }
            return ends;
        }
    };

    private static final int LARGEST = 1024;

    /**
     * What a solver may take.
     *
     * @param iterations of Lanczos, at least 2
     * @param passes of the Rayleigh descent over the samples, at least 1
     * @param rate of the Rayleigh descent, above 0
     * @param batchSize of the Rayleigh descent, at least 1
     */
    public record Effort(int iterations, int passes, double rate, int batchSize) {

        public Effort {
            Require.atLeast("iterations", iterations, 2);
            Require.atLeast("passes", passes, 1);
            Require.positive("rate", rate);
            Require.atLeast("batchSize", batchSize, 1);
        }

        /** Lanczos with 30 iterations; Rayleigh as the authors have it: 10 passes at 0.001 in batches of 64. */
        public Effort() {
            this(30, 10, 1e-3, 64);
        }
    }

    /**
     * Finds the ends.
     *
     * @param random of the first vectors
     * @return one a unit, in order
     * @throws java.util.concurrent.CancellationException if it is cancelled
     */
    public abstract List<Ends> ends(
            SplittingMatrices matrices, Effort effort, SplittableRandom random, Progress progress);

    /**
     * The ends of one symmetric matrix. By EJML: LAPACK stands on OpenBLAS's triangular products, and those of 0.3.19 for
     * AVX-512 are wrong; Commons Math does not converge on matrices of low rank. Complexity O(d³).
     *
     * @throws ArithmeticException if it does not converge, as where a value is not finite
     */
    public static Ends exact(double[][] matrix) {
        int d = matrix.length;
        DMatrixRMaj symmetric = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < d; k++) {
                symmetric.set(i, k, (matrix[i][k] + matrix[k][i]) / 2); // rounding apart, it is symmetric
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> all = DecompositionFactory_DDRM.eig(d, true, true);
        if (MatrixFeatures_DDRM.hasUncountable(symmetric) || !all.decompose(symmetric)) {
            throw new ArithmeticException("there are no eigenvalues of a matrix of " + d + " × " + d
                    + " to be found; its weights or samples may not be finite");
        }
        int low = 0;
        int high = 0;
        for (int i = 1; i < d; i++) {
            low = value(all, i) < value(all, low) ? i : low;
            high = value(all, i) > value(all, high) ? i : high;
        }
        return new Ends(value(all, low), vector(all, low), value(all, high), vector(all, high));
    }

    private static double value(EigenDecomposition_F64<DMatrixRMaj> all, int which) {
        return all.getEigenvalue(which).getReal();
    }

    private static double[] vector(EigenDecomposition_F64<DMatrixRMaj> all, int which) {
        return Vectors.normal(all.getEigenVector(which).getData());
    }
}
