package org.parsimony.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.parsimony.network.graph.Rebuilt;

/**
 * What an optimiser remembers of each parameter, for example Adam's two moments: Deeplearning4j keeps it in one flat array,
 * block by block and within a block slot by slot, each slot in the order of the parameters.
 */
public final class UpdaterState {

    /** Where a parameter's state lies: the runs of its slots in the flat array. */
    private record Place(int layer, String name, List<INDArray> slots) {}

    private UpdaterState() {}

    /**
     * Gives the optimiser of the rebuilt network the state that {@code old} had, and its counts of updates and epochs. A copy
     * of which a share is read has that share of the gradient, so also of its mean, and the share's square of its square.
     */
    static void carry(Net old, Rebuilt rebuilt) {
        Map<String, Place> fresh = places(rebuilt.net());
        places(old).forEach((key, place) -> {
            INDArray parameter = old.layer(place.layer()).getParam(place.name());
            char order = parameter.ordering();
            for (int slot = 0; slot < place.slots().size(); slot++) {
                float[] values = place.slots().get(slot).dup().data().asFloat();
                INDArray cut = rebuilt.moments(
                        place.layer(),
                        place.name(),
                        Nd4j.create(values, parameter.shape(), order),
                        power(old.conf(place.layer()), slot));
                INDArray target = fresh.get(key).slots().get(slot);
                target.assign(Nd4j.createFromArray(cut.dup(order).data().asFloat()));
            }
        });
        count(old, rebuilt.net());
    }

    /** With which power of a gradient what an optimiser keeps in a slot grows. */
    private static int power(Layer conf, int slot) {
        IUpdater optimiser = conf instanceof BaseLayer base ? base.getIUpdater() : null;
        if (optimiser instanceof Adam || optimiser instanceof Nadam || optimiser instanceof AMSGrad) {
            return slot == 0 ? 1 : 2;
        }
        if (optimiser instanceof RmsProp || optimiser instanceof AdaGrad) {
            return 2;
        }
        return optimiser instanceof AdaDelta ? 2 - 2 * slot : 1;
    }

    /** Counts updates and epochs of a layer from 0; with an optimiser, unless it is null, that trains weights and biases alike. */
    static void reset(NeuralNetConfiguration conf, IUpdater optimiser) {
        conf.setIterationCount(0);
        conf.setEpochCount(0);
        if (optimiser != null && conf.getLayer() instanceof BaseLayer base) {
            base.setIUpdater(optimiser.clone());
            base.setBiasUpdater(null);
        }
    }

    private static void count(Net old, Net fresh) {
        if (!old.isGraph()) {
            var from = old.chain().getLayerWiseConfigurations();
            var to = fresh.chain().getLayerWiseConfigurations();
            to.setIterationCount(from.getIterationCount());
            to.setEpochCount(from.getEpochCount());
        } else {
            var from = old.graph().getConfiguration();
            var to = fresh.graph().getConfiguration();
            to.setIterationCount(from.getIterationCount());
            to.setEpochCount(from.getEpochCount());
        }
    }

    private static BaseMultiLayerUpdater<?> updater(Net net) {
        return net.isGraph()
                ? net.graph().getUpdater()
                : (BaseMultiLayerUpdater<?>) net.chain().getUpdater();
    }

    private static Map<String, Place> places(Net net) {
        Map<String, Place> places = new TreeMap<>();
        BaseMultiLayerUpdater<?> updater = updater(net);
        INDArray state = updater.getStateViewArray();
        if (state == null) {
            return places;
        }
        INDArray flat = state.reshape(state.length());
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            int n = block.getParamOffsetEnd() - block.getParamOffsetStart();
            int slots = (block.getUpdaterViewOffsetEnd() - block.getUpdaterViewOffsetStart()) / n;
            for (UpdaterBlock.ParamState p : block.getLayersAndVariablesInBlock()) {
                List<INDArray> runs = new ArrayList<>();
                for (int slot = 0; slot < slots; slot++) {
                    int start = block.getUpdaterViewOffsetStart() + slot * n - block.getParamOffsetStart();
                    runs.add(flat.get(
                            NDArrayIndex.interval(start + p.getParamOffsetStart(), start + p.getParamOffsetEnd())));
                }
                int layer = index(net, p.getLayer());
                places.put(net.key(layer, p.getParamName()), new Place(layer, p.getParamName(), runs));
            }
        }
        return places;
    }

    private static int index(Net net, Trainable trained) {
        Object layer = trained instanceof GraphVertex vertex ? vertex.getLayer() : trained;
        for (int l = 0; l < net.layers(); l++) {
            if (net.layer(l) == layer) {
                return l;
            }
        }
        throw new IllegalStateException(layer + " is no layer of its own network");
    }

    /** Bytes of the parameters, the gradients and the optimiser's state of a network that Deeplearning4j trains. */
    public static long heldBytes(Net net) {
        BaseMultiLayerUpdater<?> updater = updater(net);
        INDArray state = updater.getStateViewArray();
        INDArray gradients = net.model().getGradientsViewArray();
        return Float.BYTES
                * (net.parameters()
                        + (gradients == null ? 0 : gradients.length())
                        + (state == null ? 0 : state.length()));
    }
}
