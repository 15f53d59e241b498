package org.parsimony.network.fused;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.parsimony.network.Model;
import org.parsimony.network.fused.compute.OffHeap;
import org.parsimony.network.fused.compute.Pass;
import org.parsimony.network.fused.compute.Schedule;
import org.parsimony.network.fused.compute.Signal;
import org.parsimony.network.fused.compute.Sums;

/**
 * All parameters of a network, their gradients and the optimiser's state, in the order of Deeplearning4j's flat vector. The
 * network's own memory holds the parameters, current after every step; the heap arrays are where the update works.
 * {@link #load} takes over what others wrote into the network, {@link #save} gives the optimiser's state back.
 */
public final class Parameters {

    /** Values per block of the update, so that its passes find the block in the first-level cache. */
    private static final int BLOCK = 2048;

    /** The network's parameters and its gradient memory, outside the heap. */
    public final OffHeap values;

    /** The gradients, outside the heap. */
    public final OffHeap gradients;
    /** The same on the heap. */
    public final float[] w;

    /** The gradients on the heap. */
    public final float[] g;

    private final float[] m;
    private final float[] v;
    private final OffHeap state;
    private final List<UpdaterBlock> blocks;
    private final List<Parameter> all = new ArrayList<>();
    private final List<Optimiser> optimisers = new ArrayList<>();
    private final MultiLayerNetwork network;
    private final List<Hook> hooks;
    private final OffHeap.Memory memory = new OffHeap.Memory();
    /** With hooks, what waits for all gradients to be complete. */
    private final List<Parameter> pending = new ArrayList<>();

    /**
     * Takes hold of the memory of a network.
     *
     * @param hooks what changes gradients or parameters at every step
     */
    public Parameters(Model model, List<Hook> hooks) {
        this.hooks = hooks;
        network = model.network();
        int n = Math.toIntExact(network.numParams());
        // asking for the updater first creates the gradient memory of a fresh network
        MultiLayerUpdater updater = (MultiLayerUpdater) network.getUpdater();
        values = memory.of(network.params());
        gradients = memory.of(network.getFlattenedGradients());
        w = memory.floats(n);
        g = memory.floats(n);
        m = memory.floats(n);
        v = memory.floats(n);
        blocks = updater.getUpdaterBlocks();
        state = updater.getStateViewArray() == null ? null : memory.of(updater.getStateViewArray());
        for (UpdaterBlock block : blocks) {
            var config = block.getGradientUpdater().getConfig();
            Optimiser optimiser = config instanceof NoOp ? null : Optimiser.of(config);
            if (optimiser == null && !(config instanceof NoOp)) {
                throw new Unsupported("the optimiser " + config.getClass().getSimpleName());
            }
            if (optimiser != null) {
                optimisers.add(optimiser);
            }
            for (UpdaterBlock.ParamState p : block.getLayersAndVariablesInBlock()) {
                int length = p.getParamOffsetEnd() - p.getParamOffsetStart();
                int layer = ((org.deeplearning4j.nn.api.Layer) p.getLayer()).getIndex();
                long[] shape =
                        network.getLayer(layer).getParam(p.getParamName()).shape();
                boolean weights = p.getParamName().equals("W");
                int rows = (int) (!weights ? length : shape.length == 4 ? shape[0] : shape[1]);
                Parameter parameter = new Parameter(
                        layer,
                        p.getParamName(),
                        p.getParamOffsetStart(),
                        rows,
                        length / rows,
                        optimiser,
                        p.getLayer().getConfig().getRegularizationByParam(p.getParamName()));
                all.add(parameter);
            }
        }
        model.masks().forEach(this::mask);
    }

    private void mask(int layer, INDArray mask) {
        Parameter weights = find(layer, "W");
        if (weights == null || mask.length() != weights.end() - weights.offset()) {
            throw new IllegalArgumentException("the mask of layer " + layer + " has shape "
                    + Arrays.toString(mask.shape()) + ", but must have that of the layer's weights");
        }
        weights.mask = memory.floats(Math.toIntExact(mask.length()));
        System.arraycopy(
                mask.dup(mask.rank() == 2 ? 'f' : 'c').data().asFloat(), 0, weights.mask, 0, weights.mask.length);
    }

    /**
     * Adds the tasks that compute the gradients of some parameters and update them, each lane its share of the rows.
     *
     * @param gradient writes the gradients of a lane's rows
     * @param shared whether other lanes may still be reading the parameters until the lanes meet
     * @param owner the signal whose units the rows belong to
     * @param which parameters; null ones are skipped
     */
    public void schedule(Schedule schedule, Schedule.Task gradient, boolean shared, Signal owner, Parameter... which) {
        Parameter[] present = Arrays.stream(which).filter(Objects::nonNull).toArray(Parameter[]::new);
        for (Parameter p : present) {
            p.owner = owner;
        }
        if (!hooks.isEmpty()) {
            schedule.each(gradient);
            pending.addAll(List.of(present));
            return;
        }
        Schedule.Task task = (pass, lane) -> {
            gradient.run(pass, lane);
            update(present, pass, lane);
        };
        if (shared) {
            schedule.later(task);
        } else {
            schedule.each(task);
        }
    }

    /** Adds the end of a step: with hooks, what waited for all gradients. */
    void finish(Schedule schedule, Training view) {
        if (hooks.isEmpty()) {
            return;
        }
        Parameter[] waiting = pending.toArray(Parameter[]::new);
        schedule.alone((pass, lane) -> {
            gradients.read(g, 0, g.length);
            hooks.forEach(hook -> hook.gradient(view));
            gradients.write(g, 0, g.length);
        });
        schedule.each((pass, lane) -> update(waiting, pass, lane));
        schedule.alone((pass, lane) -> {
            if (pass.updating) {
                hooks.forEach(hook -> hook.updated(view));
                values.write(w, 0, w.length);
            }
        });
    }

    private void update(Parameter[] which, Pass pass, int lane) {
        if (pass.updating) {
            for (Parameter p : which) {
                if (p.columnsShared) {
                    int from = Schedule.share(p.columns(), lane);
                    int to = Schedule.share(p.columns(), lane + 1);
                    for (int row = p.offset(); row < p.end(); row += p.columns()) {
                        update(p, row + from, row + to);
                    }
                } else {
                    update(
                            p,
                            p.offset() + p.owner.unit(lane) * p.columns(),
                            p.offset() + p.owner.unit(lane + 1) * p.columns());
                }
            }
        }
    }

    /** Bytes of all arrays, the network's own among them. */
    long bytes() {
        return memory.bytes();
    }

    List<Parameter> all() {
        return all;
    }

    /** The parameter of a layer by its name; null if there is none. */
    public Parameter find(int layer, String name) {
        for (Parameter p : all) {
            if (p.layer() == layer && p.name().equals(name)) {
                return p;
            }
        }
        return null;
    }

    /** Takes over parameters, masked, and optimiser state from the network. */
    void load() {
        values.read(w, 0, w.length);
        for (Parameter p : all) {
            mask(w, p, p.offset(), p.end());
        }
        values.write(w, 0, w.length);
        moveState(true);
    }

    /** Gives the optimiser's state back to the network, whose parameters are already current. */
    void save() {
        moveState(false);
    }

    /** Writes parameters and state that were put into the heap arrays back to the network. */
    void saveAll() {
        values.write(w, 0, w.length);
        save();
    }

    private void moveState(boolean load) {
        for (UpdaterBlock block : blocks) {
            int from = block.getParamOffsetStart();
            int n = block.getParamOffsetEnd() - from;
            int slots = (block.getUpdaterViewOffsetEnd() - block.getUpdaterViewOffsetStart()) / n;
            for (int slot = 0; slot < slots; slot++) {
                float[] heap = slot == 0 ? m : v;
                int offset = block.getUpdaterViewOffsetStart() + slot * n;
                if (load) {
                    state.read(offset, heap, from, n);
                } else {
                    state.write(offset, heap, from, n);
                }
            }
        }
    }

    /** A copy of parameters and state, for {@link #restore}. */
    float[][] snapshot(float[][] reuse) {
        float[][] copy = reuse == null
                ? new float[][] {memory.floats(w.length), memory.floats(w.length), memory.floats(w.length)}
                : reuse;
        System.arraycopy(w, 0, copy[0], 0, w.length);
        System.arraycopy(m, 0, copy[1], 0, w.length);
        System.arraycopy(v, 0, copy[2], 0, w.length);
        return copy;
    }

    void restore(float[][] copy) {
        System.arraycopy(copy[0], 0, w, 0, w.length);
        System.arraycopy(copy[1], 0, m, 0, w.length);
        System.arraycopy(copy[2], 0, v, 0, w.length);
        saveAll();
    }

    /** Computes what is the same for all parameters of a step; before the first update of the step. */
    void prepare(Pass pass) {
        // by index, because an iterator would be an allocation in every step
        for (int i = 0; i < optimisers.size(); i++) {
            optimisers.get(i).prepare(pass.iteration, pass.epoch);
        }
        for (int i = 0; i < all.size(); i++) {
            all.get(i).prepare(pass.iteration, pass.epoch);
        }
    }

    /**
     * Updates {@code [start, end)}, which belongs to {@code p}, from the gradients outside the heap: penalties, mask and
     * optimiser in one pass over memory, then writes it to the network.
     */
    private void update(Parameter p, int start, int end) {
        if (p.group != 0) {
            for (int row = start; row < end; row += p.columns()) {
                double norm = Math.sqrt(Sums.ofSquares(w, 0, row, row + p.columns()));
                update(p, row, row + p.columns(), norm == 0 ? 0 : (float) (p.group / norm));
            }
        } else {
            update(p, start, end, 0);
        }
    }

    private void update(Parameter p, int start, int end, float shrink) {
        for (int from = start; from < end; from += BLOCK) {
            int to = Math.min(end, from + BLOCK);
            gradients.read(g, from, to);
            float along = p.l2Now + shrink;
            if (along != 0) {
                for (int i = from; i < to; i++) {
                    g[i] += along * w[i];
                }
            }
            if (p.l1Now != 0) {
                for (int i = from; i < to; i++) {
                    g[i] += p.l1Now * Math.signum(w[i]);
                }
            }
            if (p.decayNow != 0) {
                for (int i = from; i < to; i++) {
                    w[i] -= p.decayNow * w[i];
                }
            }
            mask(g, p, from, to);
            p.optimiser.update(w, g, m, v, from, to);
            mask(w, p, from, to);
            values.write(w, from, to);
        }
    }

    private static void mask(float[] x, Parameter p, int from, int to) {
        float[] mask = p.mask;
        if (mask != null) {
            for (int i = from, k = from - p.offset(); i < to; i++, k++) {
                x[i] *= mask[k];
            }
        }
    }
}
