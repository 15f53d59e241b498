/**
 * Readers of single files: IDX, CIFAR binary, NPY and NPZ, CSV, Matrix Market, gzipped or not. Each gives what is there or
 * a {@link org.parsimony.data.DataException} that names file, place and remedy; memory follows the bytes that are there,
 * never a number that a header claims.
 */
package org.parsimony.data.format;
