package org.parsimony.annealing.cost;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Samples;
import org.parsimony.network.Forward;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;

/**
 * The loss of dense layers under a mask, kept up to date move by move.
 *
 * <p>Everything below the lowest searched layer is computed once. Of a move, {@link IncrementalTrial} computes the sums of
 * the units whose connections change, and their consequences above. A move costs time in proportion to images × (units
 * above that change), whatever the number of edges. Committed moves exchange columns, nothing is copied.
 *
 * <p>Sums are kept in 32 bits. A unit that few connections feed is always summed from scratch; others gather one rounding
 * a move, until the search has spent as much on committed moves as computing everything anew takes, and does so.
 */
final class IncrementalCost implements MaskCost {

    private final Elements elements;
    private final float[] input;
    private Tiles tiles;
    private final CrossEntropy loss;
    final StageState[] stages;
    float[][][] below;
    int[][] runs;
    private final float[] scratch = new float[Tiles.SIZE];
    private double total;

    /**
     * The cost of {@code elements}, single weights of dense layers.
     *
     * @return null if the network is a graph, if something above the lowest searched layer is not a dense layer, batch norm or ReLU, or if the loss
     *     is not soft-max with cross-entropy
     */
    static IncrementalCost of(Model model, Elements elements, Samples images, Statistics statistics) {
        List<Stage> stages = elements.kind() == Element.WEIGHT && !model.isGraph()
                ? Stage.above(model.network(), elements.layers()[0])
                : List.of();
        return stages.isEmpty() ? null : new IncrementalCost(model, elements, stages, images, statistics);
    }

    private IncrementalCost(Model model, Elements elements, List<Stage> stages, Samples images, Statistics statistics) {
        this.elements = elements;
        INDArray x = Forward.below(model, images, stages.get(0).layer(), statistics);
        var step = model.network()
                .getLayerWiseConfigurations()
                .getInputPreProcess(stages.get(0).layer());
        if (step != null) {
            x = step.preProcess(x, images.size(), org.deeplearning4j.nn.workspace.LayerWorkspaceMgr.noWorkspaces());
        }
        this.input = Stage.values(x);
        this.tiles = new Tiles(images.labels(), images.classes());
        this.stages = new StageState[stages.size()];
        for (int d = 0; d < stages.size(); d++) {
            this.stages[d] = new StageState(stages.get(d), statistics, tiles.count(), d == stages.size() - 1);
        }
        this.loss = new CrossEntropy(last().stage.rectified());
        lay(tiles);
    }

    private void lay(Tiles other) {
        tiles = other;
        below = tiles.columns(input);
        runs = tiles.runs();
    }

    @Override
    public String engine() {
        return "incremental";
    }

    @Override
    public boolean isParallel() {
        return true;
    }

    @Override
    public int images() {
        return tiles.images();
    }

    int tileCount() {
        return tiles.count();
    }

    int length(int tile) {
        return tiles.length(tile);
    }

    @Override
    public double total() {
        return total;
    }

    @Override
    public IncrementalTrial trial() {
        return new IncrementalTrial(this);
    }

    /** The stage, unit and input of an element. */
    int[] place(int element) {
        for (Elements.Part part : elements.parts()) {
            if (element < part.first() + part.count()) {
                int d = 0;
                while (stages[d].stage.layer() != part.layer()) {
                    d++;
                }
                int local = element - part.first();
                return new int[] {d, local % stages[d].stage.units(), local / stages[d].stage.units()};
            }
        }
        throw new IndexOutOfBoundsException("element " + element);
    }

    @Override
    public void arrange(boolean[] kept) {
        lay(new Tiles(tiles.labels(), tiles.classes()));
        compute(kept);
        float[] losses = new float[images()];
        float[] column = new float[Tiles.SIZE];
        Logits logits = new Logits(last());
        for (int t = 0; t < tiles.count(); t++) {
            loss.each(column, logits.of(last().sums[t], tiles.length(t)), runs[t], tiles.length(t));
            for (int i = 0; i < tiles.length(t); i++) {
                losses[tiles.image(t, i)] = column[i];
            }
        }
        lay(tiles.descending(losses));
        compute(kept);
    }

    @Override
    public void compute(boolean[] kept) {
        Map<Integer, float[]> masks = elements.masks(kept);
        for (int d = 0; d < stages.length; d++) {
            stages[d].mask(masks.get(stages[d].stage.layer()));
            computeStage(d);
        }
        Logits logits = new Logits(last());
        total = 0;
        for (int t = 0; t < tiles.count(); t++) {
            total += loss.total(logits.of(last().sums[t], tiles.length(t)), runs[t], tiles.length(t));
        }
    }

    private void computeStage(int d) {
        StageState s = stages[d];
        int units = s.stage.units();
        double[] means = new double[units];
        for (int t = 0; t < tiles.count(); t++) {
            float[][] in = d == 0 ? below[t] : stages[d - 1].outputs[t];
            for (int u = 0; u < units; u++) {
                sum(s.sums[t][u], in, s, u, tiles.length(t));
                System.arraycopy(s.sums[t][u], 0, scratch, 0, tiles.length(t));
                means[u] += Kernels.sum(scratch, tiles.length(t)) / images();
            }
        }
        if (s.measured) {
            Moments moments = new Moments();
            for (int u = 0; u < units; u++) {
                moments.about((float) means[u]);
                for (int t = 0; t < tiles.count(); t++) {
                    moments.add(s.sums[t][u], tiles.length(t));
                }
                moments.finish(images());
                s.scaling.set(u, moments.mean(), moments.variance());
            }
        }
        for (int t = 0; t < tiles.count() && s.outputs != null; t++) {
            for (int u = 0; u < units; u++) {
                s.scaling.activate(s.outputs[t][u], s.sums[t][u], u, tiles.length(t));
            }
        }
    }

    private static void sum(float[] out, float[][] in, StageState s, int unit, int n) {
        Arrays.fill(out, 0, n, s.stage.bias()[unit]);
        int from = unit * s.stage.inputs();
        int waiting = -1;
        for (int i = 0; i < in.length; i++) {
            if (s.effective[from + i] == 0) {
                continue;
            }
            if (waiting < 0) {
                waiting = i;
            } else {
                Kernels.add(out, out, s.effective[from + waiting], in[waiting], s.effective[from + i], in[i], n);
                waiting = -1;
            }
        }
        if (waiting >= 0) {
            Kernels.add(out, out, s.effective[from + waiting], in[waiting], n);
        }
    }

    StageState last() {
        return stages[stages.length - 1];
    }

    @Override
    public int movesPerRefresh() {
        long columns = 0;
        for (StageState s : stages) {
            for (int active : s.active) {
                columns += active;
            }
        }
        return (int) Math.max(1, columns / last().stage.units());
    }

    @Override
    public void commit(Trial trial) {
        total = ((IncrementalTrial) trial).exchange();
    }
}
