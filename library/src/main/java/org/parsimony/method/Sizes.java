package org.parsimony.method;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.parsimony.coding.Accounting;
import org.parsimony.coding.Code;
import org.parsimony.coding.CodeReport;
import org.parsimony.coding.CodedLayer;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.coding.CompressedMatrix;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.columns.HamMatrix;
import org.parsimony.coding.columns.ShamMatrix;
import org.parsimony.network.Architecture;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;

/**
 * Bytes on disk of a network. Whole files: {@link Measurement#RAW}, all parameters as 32-bit floats, and {@link
 * Measurement#FILE}, the {@code .pars} file with each layer in its smallest code. Weight matrices alone: every code's size
 * of the coded layers, which are those that a constraint speaks of, else all dense ones, beside {@link Measurement#DENSE},
 * the same layers as floats.
 *
 * <p>Codes of repeated values are left out where the coded layers have hardly any: a table of values would be as large as
 * the weights. A network with a layer that cannot be coded has its raw size alone.
 */
final class Sizes {

    private Sizes() {}

    /** @param shape of a sample, for graphs that do not state the size of their images */
    static Map<String, Long> of(Model model, long raw, int... shape) {
        Map<String, Long> bytes = new TreeMap<>();
        bytes.put(Measurement.RAW, raw);
        Blueprint blueprint;
        Map<String, Architecture.Weights> weights;
        try {
            blueprint = Blueprint.of(model, shape.length == 3 ? shape : new int[0]);
            weights = blueprint.weights(model);
        } catch (IllegalArgumentException uncodable) {
            return bytes;
        }
        List<CodedLayer> file = new ArrayList<>();
        Map<String, Integer> layers = new HashMap<>();
        for (int l = 0; l < model.net().layers(); l++) {
            layers.put(model.net().name(l), l);
        }
        for (Blueprint.Node node : blueprint.parametrised()) {
            int layer = layers.get(node.name());
            Architecture.Weights w = weights.get(node.name());
            DenseMatrix matrix = new DenseMatrix(w.rows(), w.cols(), w.values());
            if (counts(model, layer) && repeats(matrix)) {
                List<CompressedMatrix> codes = CodeReport.codes(matrix);
                add(bytes, matrix, codes);
                file.add(codes.stream()
                        .map(code -> new CodedLayer(code, w.bias()))
                        .min(Comparator.comparingInt(CodedLayer::sizeInBytes))
                        .orElseThrow());
            } else {
                if (counts(model, layer)) {
                    bytes.merge(Measurement.DENSE, 4L * matrix.values().length, Long::sum);
                }
                file.add(new CodedLayer(Code.SMALLEST.encode(matrix), w.bias()));
            }
        }
        bytes.put(Measurement.FILE, new CodedNetwork(blueprint, file).sizeInBytes());
        return bytes;
    }

    private static boolean counts(Model model, int layer) {
        var constraints = model.constraints();
        if (constraints.masks().isEmpty() && constraints.ties().isEmpty()) {
            var kind = model.net().conf(layer);
            return kind instanceof DenseLayer || kind instanceof OutputLayer;
        }
        return constraints.masks().containsKey(layer) || constraints.ties().containsKey(layer);
    }

    /** Whether one weight in ten at least is zero or has another's value. */
    private static boolean repeats(DenseMatrix matrix) {
        float[] values = matrix.values().clone();
        java.util.Arrays.sort(values);
        int distinct = 0;
        for (int i = 0; i < values.length; i++) {
            distinct += i == 0 || values[i] != values[i - 1] ? 1 : 0;
        }
        return distinct <= 0.9 * values.length;
    }

    private static void add(Map<String, Long> bytes, DenseMatrix matrix, List<CompressedMatrix> codes) {
        long dense = 4L * matrix.values().length;
        bytes.merge(Measurement.DENSE, dense, Long::sum);
        for (CompressedMatrix code : codes) {
            bytes.merge(code.name(), code.sizeInBytes(), Long::sum);
            if (code instanceof HamMatrix ham) {
                accounted(bytes, ham.name(), dense, Accounting.psiReported(ham), Accounting.psiCorrected(ham));
            } else if (code instanceof ShamMatrix sham) {
                accounted(bytes, sham.name(), dense, Accounting.psiReported(sham), Accounting.psiCorrected(sham));
            }
        }
    }

    private static void accounted(Map<String, Long> bytes, String code, long dense, double reported, double corrected) {
        bytes.merge(code + " as published", Math.round(reported * dense), Long::sum);
        bytes.merge(code + " corrected", Math.round(corrected * dense), Long::sum);
    }
}
