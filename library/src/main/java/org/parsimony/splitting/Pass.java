package org.parsimony.splitting;

import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.parsimony.base.Require;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Wiring;
import org.parsimony.network.graph.Wiring.Node;

/**
 * One batch forward and back through a chain or a graph, node by node, as the network is in use: batch norm with its running
 * statistics, no dropout. Deeplearning4j's own backward pass belongs to a step of training, where batch norm has the
 * batch's statistics.
 */
final class Pass {

    private static final int BATCH = 500;
    private static final LayerWorkspaceMgr PLAIN = LayerWorkspaceMgr.noWorkspaces();

    private final Model model;
    private final Wiring wiring;
    private final int size;
    private final INDArray[] reaching;
    private final INDArray[] values;

    /** What leaves the nodes up to {@code last} for one batch. */
    private Pass(Model model, Samples batch, int last) {
        this.model = model;
        this.wiring = model.net().wiring();
        this.size = batch.size();
        int nodes = wiring.nodes().size();
        this.reaching = new INDArray[nodes];
        this.values = new INDArray[nodes];
        INDArray[] in = wiring.split(batch.x(0, size));
        for (int n = 0; n <= last; n++) {
            values[n] = n < wiring.inputs() ? in[n] : forward(n);
        }
    }

    /** {@code model} made ready for passes, a copy. */
    static Model ready(Model model) {
        Model copy = model.copy();
        for (int l = 0; l < copy.net().layers(); l++) {
            copy.net().conf(l).setIDropout(null); // a backward pass without a training pass before it
        }
        if (copy.isGraph()) {
            copy.graph().initGradientsView();
        } else {
            copy.network().initGradientsView();
        }
        return copy;
    }

    /** What reaches node {@code n} for all of {@code samples}. */
    static INDArray reaching(Model model, Samples samples, int n) {
        Samples x = model.fitted(samples);
        INDArray[] parts = new INDArray[(x.size() + BATCH - 1) / BATCH];
        for (int p = 0; p < parts.length; p++) {
            Pass pass = new Pass(model, x.range(p * BATCH, Math.min(x.size(), (p + 1) * BATCH)), n);
            parts[p] = pass.reaching[n];
        }
        return Nd4j.concat(0, parts);
    }

    /** The forward pass of a batch of fitted samples through a model that is {@link #ready}. */
    static Pass forward(Model ready, Samples batch) {
        return new Pass(ready, batch, ready.net().wiring().nodes().size() - 1);
    }

    /** What reaches node {@code n}, after its preprocessor. */
    INDArray reaching(int n) {
        return reaching[n];
    }

    private INDArray forward(int n) {
        Node node = wiring.nodes().get(n);
        if (node.conf() == null && node.before() == null) {
            var vertex = model.graph().getVertex(node.name());
            for (int i = 0; i < node.reads().size(); i++) {
                vertex.setInput(i, values[node.reads().get(i)].dup('c'), PLAIN);
            }
            return vertex.doForward(false, PLAIN);
        }
        INDArray x = values[node.reads().get(0)];
        x = node.before() == null ? x : node.before().preProcess(x, size, PLAIN);
        reaching[n] = x;
        if (node.conf() == null) {
            return x;
        }
        return model.net().layer(node.layer()).activate(x.dup('c'), false, PLAIN);
    }

    /**
     * The derivative of the summed cross-entropy by what leaves each node, none before node {@code first}.
     *
     * @param labels of the batch, {@code [samples × classes]}
     * @throws IllegalArgumentException if the network does not end in a layer with a loss
     */
    INDArray[] errors(INDArray labels, int first) {
        INDArray[] errors = new INDArray[values.length];
        for (int n = values.length - 1; n >= wiring.inputs(); n--) {
            Node node = wiring.nodes().get(n);
            if (n != wiring.output() && errors[n] == null
                    || node.reads().stream().allMatch(read -> read < first)) {
                continue;
            }
            INDArray[] before = n == wiring.output() ? ofLoss(node, labels) : backward(node, n, errors[n]);
            for (int i = 0; i < before.length; i++) {
                int read = node.reads().get(i);
                errors[read] = errors[read] == null ? before[i] : errors[read].add(before[i]);
            }
        }
        return errors;
    }

    private INDArray[] ofLoss(Node node, INDArray labels) {
        Require.that(
                node.layer() >= 0 && model.net().layer(node.layer()) instanceof IOutputLayer,
                "the network ends in %s, but must end in a layer with a loss, so that its errors are known",
                node.text());
        var layer = model.net().layer(node.layer());
        layer.setInput(reaching[wiring.output()].dup('c'), PLAIN);
        ((IOutputLayer) layer).setLabels(labels);
        return new INDArray[] {
            unprocessed(node, layer.backpropGradient(null, PLAIN).getSecond())
        };
    }

    private INDArray[] backward(Node node, int n, INDArray error) {
        if (node.conf() == null && node.before() == null) {
            var vertex = model.graph().getVertex(node.name());
            vertex.setEpsilon(error.dup('c'));
            return vertex.doBackward(false, PLAIN).getSecond();
        }
        INDArray through;
        if (node.conf() instanceof BatchNormalization) {
            INDArray scale = scale(model, n);
            through = error.rank() == 4 ? error.mul(scale.reshape(1, scale.length(), 1, 1)) : error.mulRowVector(scale);
        } else if (node.conf() == null || node.conf() instanceof DropoutLayer) {
            through = error;
        } else {
            var layer = model.net().layer(node.layer());
            layer.setInput(reaching[n].dup('c'), PLAIN); // an activation in use has overwritten it
            through = layer.backpropGradient(error.dup('c'), PLAIN).getSecond();
        }
        return new INDArray[] {unprocessed(node, through)};
    }

    private INDArray unprocessed(Node node, INDArray error) {
        return node.before() == null ? error : node.before().backprop(error, size, PLAIN);
    }

    /** What batch norm at node {@code norm} multiplies each unit by: γ/√(σ² + ε). */
    static INDArray scale(Model model, int norm) {
        Node node = model.net().wiring().nodes().get(norm);
        var layer = model.net().layer(node.layer());
        double epsilon = ((BatchNormalization) node.conf()).getEps();
        INDArray variance = layer.getParam("var");
        if (variance == null) {
            variance = Transforms.exp(layer.getParam("log10stdev").mul(2 * Math.log(10)), false);
        }
        INDArray deviation = Transforms.sqrt(variance.add(epsilon), false);
        return layer.getParam("gamma").div(deviation).reshape(deviation.length());
    }
}
