package org.parsimony.network.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.network.Backend;
import org.parsimony.network.Forward;
import org.parsimony.network.Net;
import org.parsimony.network.Statistics;

/**
 * Deeplearning4j's forward pass through a network's nodes, chain or graph, one node after the other: no dropout, batch norm
 * as told. Values are kept as long as a node is still to read them.
 *
 * <p>A pass may stop anywhere and go on from there as often as one likes: {@link #input}, then {@link #through} to the node
 * where something is to change, then from there to the end.
 */
public final class Pass {

    private final Net net;
    private final Wiring wiring;
    private final Statistics statistics;
    /** By node, the place of the last node that reads it. */
    private final int[] lastReader;

    /** Is shown what reaches each node before the node is computed; the arrays must stay as they are. */
    public interface Visitor {
        /**
         * @param node its place in the wiring
         * @param in what the nodes that it reads give, before its preprocessor
         */
        void reached(int node, List<INDArray> in);
    }

    /** Through {@code net}, whose parameters are looked at anew in each pass. */
    public Pass(Net net, Statistics statistics) {
        Backend.tame();
        this.net = net;
        this.wiring = net.wiring();
        this.statistics = statistics;
        lastReader = new int[wiring.nodes().size()];
        for (int n = 0; n < lastReader.length; n++) {
            for (int read : wiring.nodes().get(n).reads()) {
                lastReader[read] = n;
            }
        }
        lastReader[wiring.output()] = lastReader.length;
    }

    /** The place of layer {@code l} among the nodes. */
    public int place(int l) {
        for (int n = 0; n < wiring.nodes().size(); n++) {
            if (wiring.nodes().get(n).layer() == l) {
                return n;
            }
        }
        throw new IllegalArgumentException("there is no layer " + l + "; layers are 0 to " + (net.layers() - 1));
    }

    /** The place of the first node that is no input. */
    public int first() {
        return wiring.inputs();
    }

    /** Number of nodes. */
    public int end() {
        return wiring.nodes().size();
    }

    /** Whether one of the nodes from {@code from} to before {@code to} is batch norm. */
    public boolean normalises(int from, int to) {
        return wiring.nodes().subList(from, to).stream().anyMatch(node -> node.conf() instanceof BatchNormalization);
    }

    /** What the inputs give for a batch, as {@link Net#output} takes it. */
    public Map<Integer, INDArray> input(INDArray x) {
        Map<Integer, INDArray> values = new TreeMap<>();
        INDArray[] parts = wiring.split(x);
        for (int n = 0; n < parts.length; n++) {
            values.put(n, parts[n]);
        }
        return values;
    }

    /** {@link #through(Map, int, int, Visitor)} without a visitor. */
    public Map<Integer, INDArray> through(Map<Integer, INDArray> values, int from, int to) {
        return through(values, from, to, (node, in) -> {});
    }

    /**
     * Computes the nodes from {@code from} to before {@code to}.
     *
     * @param values by node, what the nodes before {@code from} give, as far as it is still read; not changed
     * @return the same for {@code to}; at the end, the output alone
     */
    public Map<Integer, INDArray> through(Map<Integer, INDArray> values, int from, int to, Visitor visitor) {
        Map<Integer, INDArray> at = new TreeMap<>(values);
        for (int n = from; n < to; n++) {
            List<INDArray> in = new ArrayList<>();
            for (int read : wiring.nodes().get(n).reads()) {
                in.add(at.get(read));
            }
            visitor.reached(n, in);
            List<INDArray> own = new ArrayList<>();
            for (int read : wiring.nodes().get(n).reads()) {
                // some layers of Deeplearning4j compute in place
                boolean mine = read >= from && lastReader[read] == n;
                own.add(mine ? at.get(read) : at.get(read).dup());
            }
            at.put(n, give(n, own));
            int now = n;
            at.keySet().removeIf(node -> lastReader[node] <= now);
        }
        return at;
    }

    /** Of values at node {@code n}, what reaches its layer, after its preprocessor. */
    public INDArray reaching(int n, Map<Integer, INDArray> values) {
        Wiring.Node node = wiring.nodes().get(n);
        INDArray in = values.get(node.reads().get(0));
        return node.before() == null
                ? in
                : node.before().preProcess(in.dup(), (int) in.size(0), LayerWorkspaceMgr.noWorkspaces());
    }

    /** The output among values at the end. */
    public INDArray output(Map<Integer, INDArray> values) {
        return values.get(wiring.output());
    }

    /** What node {@code n} gives for what reaches it, which it may compute in place. */
    public INDArray give(int n, List<INDArray> in) {
        Wiring.Node node = wiring.nodes().get(n);
        if (!net.isGraph()) {
            return Forward.through(net.chain(), in.get(0), node.layer(), node.layer() + 1, statistics);
        }
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        if (node.conf() == null && node.before() == null) {
            var vertex = net.graph().getVertex(node.name());
            for (int i = 0; i < in.size(); i++) {
                vertex.setInput(i, in.get(i), none);
            }
            INDArray out = vertex.doForward(false, none);
            vertex.clear();
            return out;
        }
        INDArray x = in.get(0);
        if (node.before() != null) {
            x = node.before().preProcess(x, (int) x.size(0), none);
        }
        if (node.conf() == null) {
            return x;
        }
        Layer layer = net.layer(node.layer());
        boolean batch = statistics == Statistics.BATCH && node.conf() instanceof BatchNormalization;
        INDArray out = layer.activate(x, batch, none);
        layer.clear();
        return out;
    }
}
