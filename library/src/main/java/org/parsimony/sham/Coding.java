package org.parsimony.sham;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.coding.Accounting;
import org.parsimony.coding.Code;
import org.parsimony.coding.CodeReport;
import org.parsimony.coding.CodedLayer;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.coding.CompressedMatrix;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.HamMatrix;
import org.parsimony.coding.ShamMatrix;
import org.parsimony.network.Architecture;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;

/** What the compressed layers and their file measure. */
final class Coding {

    private Coding() {}

    /** A chosen layer in every code, and what is measured of them. */
    record Layer(List<CompressedMatrix> codes, ShamOutcome.CodedWeights measured) {

        /** In the code that takes the least of a file. */
        CodedLayer smallest(float[] bias) {
            return codes.stream()
                    .map(code -> new CodedLayer(code, bias))
                    .min(Comparator.comparingInt(CodedLayer::sizeInBytes))
                    .orElseThrow();
        }
    }

    static Layer of(Weights layer, DenseMatrix matrix) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        Map<String, Double> reported = new TreeMap<>();
        Map<String, Double> corrected = new TreeMap<>();
        bytes.put(Measurement.DENSE, 4L * matrix.values().length);
        List<CompressedMatrix> codes = CodeReport.codes(matrix);
        for (CompressedMatrix code : codes) {
            bytes.put(code.name(), code.sizeInBytes());
            if (code instanceof HamMatrix ham) {
                reported.put(code.name(), Accounting.psiReported(ham));
                corrected.put(code.name(), Accounting.psiCorrected(ham));
            } else if (code instanceof ShamMatrix sham) {
                reported.put(code.name(), Accounting.psiReported(sham));
                corrected.put(code.name(), Accounting.psiCorrected(sham));
            }
        }
        long nonzeros = 0;
        for (float value : matrix.values()) {
            nonzeros += value == 0 ? 0 : 1;
        }
        float[] distinct = Codebook.distinct(matrix.values());
        return new Layer(
                codes,
                new ShamOutcome.CodedWeights(
                        layer.layer(),
                        matrix.rows(),
                        matrix.cols(),
                        nonzeros,
                        distinct.length,
                        Codebook.nearest(matrix.values(), distinct).entropy(),
                        bytes,
                        reported,
                        corrected));
    }

    /** The network as a file holds it: chosen layers in the codes they have already, others in their smallest. */
    static CodedNetwork network(Model model, List<Layer> chosen) {
        Architecture architecture = Architecture.of(model);
        List<Architecture.Weights> weights = architecture.weights(model);
        List<CodedLayer> coded = new ArrayList<>();
        int next = 0;
        int place = 0;
        for (org.deeplearning4j.nn.api.Layer layer : model.network().getLayers()) {
            if (layer.numParams() == 0) {
                continue;
            }
            Architecture.Weights w = weights.get(place++);
            if (next < chosen.size() && chosen.get(next).measured().layer() == layer.getIndex()) {
                coded.add(chosen.get(next++).smallest(w.bias()));
            } else {
                coded.add(new CodedLayer(
                        Code.SMALLEST.encode(new DenseMatrix(w.rows(), w.cols(), w.values())), w.bias()));
            }
        }
        return new CodedNetwork(architecture, coded);
    }

    /** {@code row} with the sizes of the chosen layers in every code, and of the file. */
    static Measurement measured(Measurement row, List<ShamOutcome.CodedWeights> layers, CodedNetwork file) {
        Map<String, Long> disk = new TreeMap<>(row.bytesDisk());
        for (ShamOutcome.CodedWeights layer : layers) {
            layer.bytes().forEach((code, bytes) -> disk.merge(code, bytes, Long::sum));
            layer.psiReported()
                    .forEach((code, psi) -> disk.merge(
                            code + " as published",
                            Math.round(psi * layer.bytes().get(Measurement.DENSE)),
                            Long::sum));
        }
        disk.put("pars", file.sizeInBytes());
        return row.withBytesDisk(disk);
    }
}
