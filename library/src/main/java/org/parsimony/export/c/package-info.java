/**
 * A network as one C header for devices without a runtime: coded weights, a list of what to compute, and {@code runtime.h},
 * which decodes weights one by one while it computes with them, as sHAM does on a desktop (Marinò et al., ICPR 2020), here
 * with gaps and shared values in canonical Huffman words. C99 and its mathematics library suffice.
 */
package org.parsimony.export.c;
