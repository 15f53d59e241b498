/**
 * Eigenvalues of splitting matrices that are never formed: exactly, by Lanczos' method, and by stochastic descent of the
 * Rayleigh quotient as in Wang and others (arXiv 1910.03103).
 */
package org.parsimony.splitting.eigen;
