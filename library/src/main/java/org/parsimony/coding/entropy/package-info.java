/**
 * What all codes are written with: bits, canonical Huffman codes and their decoding at several places of a stream at once
 * (Marinò et al., IEEE Access 2023), a matrix as symbols with its zero-order entropy, and exact short forms of floats and
 * of tables of values. Internal to the rooms of {@code coding} but for {@link org.parsimony.coding.entropy.HuffmanCode}.
 */
package org.parsimony.coding.entropy;
