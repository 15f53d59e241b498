package org.parsimony.sham;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.coding.Accounting;
import org.parsimony.coding.CodeReport;
import org.parsimony.coding.CodedLayer;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.coding.CompressedMatrix;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.coding.HamMatrix;
import org.parsimony.coding.PrototypeMatrix;
import org.parsimony.coding.ShamMatrix;
import org.parsimony.network.Architectures;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;

/** What the compressed layers and their file measure. */
final class Coding {

    private Coding() {}

    static ShamOutcome.CodedWeights of(Weights layer, DenseMatrix matrix) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        Map<String, Double> reported = new TreeMap<>();
        Map<String, Double> corrected = new TreeMap<>();
        bytes.put("dense", 4L * matrix.values().length);
        for (CompressedMatrix code : CodeReport.codes(matrix)) {
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
        return new ShamOutcome.CodedWeights(
                layer.layer(),
                matrix.rows(),
                matrix.cols(),
                nonzeros,
                distinct.length,
                Codebook.nearest(matrix.values(), distinct).entropy(),
                bytes,
                reported,
                corrected);
    }

    /** The network as a file holds it; biases that are all zero take no space. */
    static CodedNetwork network(Model model, List<Weights> layers) {
        List<CodedLayer> coded = new ArrayList<>();
        for (Weights layer : layers) {
            INDArray bias = model.network().getLayer(layer.layer()).getParam("b");
            boolean none = bias == null || bias.amaxNumber().floatValue() == 0;
            coded.add(new CodedLayer(
                    Integer.toString(layer.layer()),
                    PrototypeMatrix.of(layer.matrix(model)),
                    none ? new float[0] : bias.dup().data().asFloat()));
        }
        return new CodedNetwork("{\"widths\":\"" + Architectures.text(Architectures.widths(model)) + "\"}", coded);
    }

    static long fileBytes(CodedNetwork network) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            network.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into memory", e);
        }
        return out.size();
    }

    /** {@code row} with the sizes of the chosen layers in every code, and of the file. */
    static Measurement measured(Measurement row, List<ShamOutcome.CodedWeights> layers, CodedNetwork file) {
        Map<String, Long> disk = new TreeMap<>(row.bytesDisk());
        for (ShamOutcome.CodedWeights layer : layers) {
            layer.bytes().forEach((code, bytes) -> disk.merge(code, bytes, Long::sum));
            layer.psiReported()
                    .forEach((code, psi) -> disk.merge(
                            code + " as published",
                            Math.round(psi * layer.bytes().get("dense")),
                            Long::sum));
        }
        disk.put("pars", fileBytes(file));
        return row.withBytesDisk(disk);
    }
}
