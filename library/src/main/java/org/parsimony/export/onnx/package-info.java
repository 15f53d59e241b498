/**
 * Networks as {@code .onnx}: a node for each layer, and weights as they are or coded. Coded weights are gaps, indices and
 * tables that standard operators decode inside the graph (CumSum, Gather, ScatterElements), so that any runtime of opset
 * 13 opens the file; one that folds constants does so once, when it loads. Protobuf classes are those that ND4J brings.
 */
package org.parsimony.export.onnx;
