/**
 * Codes that go through a matrix column by column: CSC, index map and CSER (Wiedemann et al., TNNLS 2020), HAM and sHAM
 * (Marinò et al., ICPR 2020 and IEEE Access 2023), their products with a vector, and how a file holds them. All of them
 * are {@link org.parsimony.coding.CompressedMatrix}; which one is the smallest is asked next door.
 */
package org.parsimony.coding.columns;
