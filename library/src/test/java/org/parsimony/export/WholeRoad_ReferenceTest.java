package org.parsimony.export;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.coding.Code;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.export.ExportNets.Net;
import org.parsimony.method.Context;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Blueprint.Node;
import org.parsimony.network.graph.Op;
import org.parsimony.pruning.Importance;
import org.parsimony.pruning.LayerWeights;
import org.parsimony.pruning.Pruning;
import org.parsimony.sham.Quantise;

/**
 * The whole road of a network, import, mask, compact, prune, quantise, code, file, export: at every stop its outputs are those
 * of ONNX Runtime within 1e-4.
 */
class WholeRoad_ReferenceTest {

    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path folder;

    static Stream<Net> nets() {
        List<Net> nets = new ArrayList<>();
        nets.add(new Net("ResNet-20", resNet20()));
        for (Net net : ExportNets.all()) {
            if (net.name().startsWith("keras3/")) {
                nets.add(net);
            }
        }
        return nets.stream();
    }

    /** ResNet-20 for images of 3 × 32 × 32 (He et al. 2016, section 4.2), shortcuts by 1 × 1 convolutions. */
    private static Model resNet20() {
        List<Node> nodes = new ArrayList<>();
        String at = normalised(nodes, "stem", "conv 16 3x3 same nobias", "x");
        at = put(nodes, "stem relu", "activation relu", at);
        for (int stage = 0; stage < 3; stage++) {
            int filters = 16 << stage;
            for (int block = 0; block < 3; block++) {
                String name = stage + "." + block;
                boolean narrows = stage > 0 && block == 0;
                String step = narrows ? " by 2x2" : "";
                String a = normalised(nodes, name + " a", "conv " + filters + " 3x3" + step + " same nobias", at);
                a = put(nodes, name + " relu", "activation relu", a);
                String b = normalised(nodes, name + " b", "conv " + filters + " 3x3 same nobias", a);
                String shortcut = narrows
                        ? normalised(nodes, name + " short", "conv " + filters + " 1x1 by 2x2 same nobias", at)
                        : at;
                String sum = put(nodes, name + " sum", "add", b, shortcut);
                at = put(nodes, name + " out", "activation relu", sum);
            }
        }
        at = put(nodes, "pool", "avg 8x8 by 8x8", at);
        at = put(nodes, "flat", "flatten", at);
        put(nodes, "classes", "dense 10 softmax", at);
        return random(new Blueprint(new LinkedHashMap<>(Map.of("x", Shape.of(3, 32, 32))), nodes));
    }

    private static String put(List<Node> nodes, String name, String words, String... reads) {
        nodes.add(new Node(name, Op.parse(words), List.of(reads)));
        return name;
    }

    private static String normalised(List<Node> nodes, String name, String words, String reads) {
        return put(nodes, name + " norm", "batchnorm 0.001 0.9", put(nodes, name, words, reads));
    }

    /** Weights as He et al. draw them, statistics near those of what reaches batch norm. */
    private static Model random(Blueprint blueprint) {
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Weights> weights = new HashMap<>();
        Map<String, Shape> shapes = blueprint.shapes();
        for (Node node : blueprint.parametrised()) {
            int[] size = node.op().weights(Blueprint.reaching(node, shapes));
            boolean norm = node.op().text().startsWith("batchnorm");
            float[] values = new float[size[0] * size[1]];
            for (int i = 0; i < values.length; i++) {
                values[i] = norm
                        ? (float) (i / size[1] % 3 == 0 ? 0.5 + random.nextDouble() : random.nextDouble() - 0.5)
                        : (float) ((random.nextDouble() - 0.5) * Math.sqrt(24.0 / size[0]));
            }
            float[] bias = new float[node.op().biased() ? size[1] : 0];
            weights.put(node.name(), new Weights(size[0], size[1], values, bias));
        }
        return blueprint.model(weights);
    }

    private float[] reference(Net net, Exports.Form form, Samples samples) throws Exception {
        Path file = folder.resolve(form + ".onnx");
        Exports.write(net.model(), file, new Exports.Options().form(form));
        return OnnxRuntime.outputs(Files.readAllBytes(file), net.inputs(), samples);
    }

    private static void near(String stop, float[] expected, float[] found) {
        double distance = ExportNets.distance(expected, found);
        assertTrue(distance < TOLERANCE, stop + ": outputs differ by " + distance);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nets")
    void everyStopSaysWhatOnnxRuntimeSays(Net net) throws Exception {
        Samples samples = ExportNets.samples(net, 2);
        float[] original = reference(net, Exports.Form.PLAIN, samples);
        int classes = Math.max(2, original.length / samples.size());
        Samples labelled = new Samples(samples.features(), samples.labels(), classes, samples.shape());
        Dataset data = new Dataset("noise", "noise", labelled, labelled, labelled);
        near("import", original, ExportNets.outputs(Model.read(folder.resolve("PLAIN.onnx")), samples));
        near("network", original, ExportNets.outputs(net.model(), samples));

        int layer = Surgery.layers(net.model())[0];
        Model masked = Surgery.mask(net.model(), layer, 0, 2);
        float[] fewer = reference(net.with(masked), Exports.Form.PLAIN, samples);
        near("mask", fewer, ExportNets.outputs(masked, samples));
        Model compact = Surgery.compact(masked);
        near("compact", fewer, ExportNets.outputs(compact, samples));
        assertTrue(compact.net().parameters() < net.model().net().parameters());

        var kinds = LayerWeights.Kinds.ALL;
        var pruning = new Pruning.Options().ratio(0.8).kinds(kinds);
        Model pruned = Pruning.run(Importance.MAGNITUDE, compact, data, pruning, new Context(1))
                .model();
        Model shared = Quantise.run(pruned, data, new Quantise.Options().k(16).kinds(kinds), new Context(1).at(1))
                .model();
        float[] small = reference(net.with(shared), Exports.Form.PLAIN, samples);
        near("quantise", small, ExportNets.outputs(shared, samples));
        near("compressed export", small, reference(net.with(shared), Exports.Form.COMPRESSED, samples));
        near("import of it", small, ExportNets.outputs(Model.read(folder.resolve("COMPRESSED.onnx")), samples));

        CodedNetwork coded = CodedNetwork.encode(
                shared, new CodedNetwork.Options().dense(Code.SHAM).convolution(Code.SHAM));
        near("code", small, coded.predict(samples, 0, samples.size()));
        Path pars = folder.resolve("net.pars");
        coded.write(pars);
        near("file", small, CodedNetwork.map(pars).predict(samples, 0, samples.size()));
        for (String ending : List.of("zip", "safetensors", "h5")) {
            Path file = folder.resolve("net." + ending);
            Exports.write(shared, file);
            near(ending, small, ExportNets.outputs(Model.read(file), samples));
        }
    }
}
