/**
 * Lossless codes for weight matrices that are multiplied as they are: HAM and sHAM with canonical Huffman codes (Marinò et
 * al., ICPR 2020 and IEEE Access 2023), the baselines CSC, index map and CSER (Wiedemann et al., TNNLS 2020), and our own
 * code of prototype columns (room {@code prototypes}). Sizes are counted as the papers count them;
 * {@link org.parsimony.coding.CodedNetwork} predicts on its code and is a file, read with distrust.
 */
package org.parsimony.coding;
