/**
 * Lossless codes for weight matrices that are multiplied as they are: HAM, sHAM and the baselines (room {@code columns}),
 * and our own code of prototype columns (room {@code prototypes}). Sizes are counted as the papers count them;
 * {@link org.parsimony.coding.CodedNetwork} predicts on its code and is a file, read with distrust.
 */
package org.parsimony.coding;
