package org.parsimony.splitting.eigen;

/**
 * Both ends of the spectrum of a splitting matrix, or estimates of them.
 *
 * @param least eigenvalue λ, the splitting index; below 0 a split lowers the loss
 * @param leastVector its eigenvector, of length 1, the component of greatest modulus positive
 * @param greatest eigenvalue μ
 * @param greatestVector its eigenvector, likewise
 */
public record Ends(double least, double[] leastVector, double greatest, double[] greatestVector) {}
