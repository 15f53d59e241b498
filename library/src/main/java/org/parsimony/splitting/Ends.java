package org.parsimony.splitting;

/**
 * Both ends of the spectrum of a splitting matrix, or estimates of them.
 *
 * @param least eigenvalue λ, the splitting index; below 0 a split lowers the loss
 * @param leastVector its eigenvector, of length 1, the component of greatest modulus positive
 * @param greatest eigenvalue μ
 * @param greatestVector its eigenvector, likewise
 */
public record Ends(double least, double[] leastVector, double greatest, double[] greatestVector) {

    /** {@code vector} with length 1 and the component of greatest modulus positive; zeros stay zeros. */
    static double[] normal(double[] vector) {
        double squares = 0;
        double greatest = 0;
        for (double x : vector) {
            squares += x * x;
            greatest = Math.abs(x) > Math.abs(greatest) ? x : greatest;
        }
        double[] normal = new double[vector.length];
        for (int i = 0; i < normal.length && squares > 0; i++) {
            normal[i] = Math.signum(greatest) * vector[i] / Math.sqrt(squares);
        }
        return normal;
    }
}
