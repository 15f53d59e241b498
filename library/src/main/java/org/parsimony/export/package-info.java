/**
 * Ways out for a network: files that other programs open. {@link org.parsimony.export.Exports} chooses by the ending; each
 * format has a room of its own or a class here. Every file holds the compacted network, so that pruned units are gone,
 * masked weights are zero, and shared values are a table with indices where the format can say so.
 *
 * <p>Compressed forms decode themselves by what the format offers: standard operators in {@code .onnx}, C99 in {@code .h}.
 */
package org.parsimony.export;
