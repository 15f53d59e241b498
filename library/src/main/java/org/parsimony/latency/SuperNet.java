package org.parsimony.latency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Progress;
import org.parsimony.base.Seeds;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.network.Model;
import org.parsimony.network.Net;
import org.parsimony.steps.Recalibrate;

/**
 * All networks of a {@link Space} at once: weights that are called alike are shared. Each step trains one path, drawn uniformly, by
 * gradient descent with momentum 0.9, its rate falling linearly to zero, and weight decay 4·10⁻⁵ (Guo et al., ECCV 2020).
 *
 * <p>Batch norm has no running statistics here, since those of many paths fit none; before a path is scored they are taken anew
 * from training images.
 */
final class SuperNet {

    private static final double MOMENTUM = 0.9;
    private static final double DECAY = 4e-5;
    /** Networks that are kept built; their weights are copied from the shared ones each time. */
    private static final int BUILT = 256;

    private final Space space;
    private final Dataset data;
    private final long seed;
    private final Samples images;
    private final Map<String, INDArray> shared = new HashMap<>();
    private final Map<String, INDArray> velocity = new HashMap<>();
    private final Map<List<Integer>, Model> built = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Integer>, Model> eldest) {
            return size() > BUILT;
        }
    };

    /** @param images of the training samples that batch norm's statistics are taken from */
    SuperNet(Space space, Dataset data, int images, long seed) {
        this.space = space;
        this.data = data;
        this.seed = seed;
        this.images = data.train().draw(Math.min(images, data.train().size()), seed);
    }

    /** One parameter of a layer of a built network, and what it is called here. */
    private record Place(String name, int layer, String parameter, INDArray own) {}

    private Model model(int[] path) {
        return built.computeIfAbsent(Arrays.stream(path).boxed().toList(), key -> space.blueprint(path)
                .model(space.fresh(path, seed)));
    }

    /** Every trainable parameter of a path's network. */
    private List<Place> places(Model model, int[] path) {
        List<Place> places = new ArrayList<>();
        List<String> names = space.shared(path);
        int next = 0;
        Net net = model.net();
        for (int l = 0; l < net.layers(); l++) {
            if (net.layer(l).numParams() > 0) {
                String name = names.get(next++);
                for (Map.Entry<String, INDArray> entry :
                        net.layer(l).paramTable().entrySet()) {
                    boolean statistics =
                            entry.getKey().equals("mean") || entry.getKey().equals("var");
                    if (!statistics) {
                        places.add(new Place(name + " " + entry.getKey(), l, entry.getKey(), entry.getValue()));
                    }
                }
            }
        }
        return places;
    }

    /** The network of a path with the shared weights as they are now. */
    private Model loaded(int[] path) {
        Model model = model(path);
        for (Place place : places(model, path)) {
            INDArray weights =
                    shared.computeIfAbsent(place.name(), name -> place.own().dup());
            place.own().assign(weights);
        }
        return model;
    }

    /**
     * Trains.
     *
     * @param paths draws one for each step
     * @return steps
     */
    int train(
            Supplier<int[]> paths, int epochs, int batchSize, double rate, SplittableRandom order, Progress progress) {
        Samples train = data.train();
        int each = (train.size() + batchSize - 1) / batchSize;
        int steps = epochs * each;
        velocity.clear();
        for (int step = 0, e = 0; e < epochs; e++) {
            int[] permutation = Seeds.permutation(train.size(), order);
            for (int from = 0; from < train.size(); from += batchSize, step++) {
                progress.report(step, steps, "super-net");
                Samples batch =
                        train.rows(Arrays.copyOfRange(permutation, from, Math.min(train.size(), from + batchSize)));
                step(paths.get(), batch, rate * (1 - (double) step / steps));
            }
        }
        return steps;
    }

    private void step(int[] path, Samples batch, double rate) {
        Model model = loaded(path);
        int n = batch.size();
        Map<String, INDArray> gradients = model.net().gradients(batch.x(0, n), batch.y(0, n));
        for (Place place : places(model, path)) {
            INDArray weights = shared.get(place.name());
            INDArray gradient = gradients.get(model.net().key(place.layer(), place.parameter()));
            INDArray moving = velocity.computeIfAbsent(place.name(), name -> weights.like());
            moving.muli(MOMENTUM).addi(gradient.reshape(weights.shape()).div(n)).addi(weights.mul(DECAY));
            weights.subi(moving.mul(rate));
        }
    }

    /** Validation accuracy of a path with the shared weights, in [0, 1]. */
    double accuracy(int[] path) {
        Model model = loaded(path);
        Recalibrate.of(model, images);
        return model.evaluate(data.validation()).accuracy();
    }
}
