package org.parsimony.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architectures;
import org.parsimony.network.Constraints;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.network.fused.Hook;
import org.parsimony.network.fused.Parameter;
import org.parsimony.network.fused.Training;

/** A student before and after it is taught. */
final class Student {

    private Student() {}

    /** What {@code student} names, with fresh weights: layers in words where it has bars, else what a recipe's network may be. */
    static Model fresh(String student, Dataset data, long seed) {
        if (!student.contains("|")) {
            return Architectures.resolve(student, data, seed);
        }
        Architecture words = new Architecture(
                Architecture.Shape.of(data.train().shape()),
                Arrays.stream(student.split("\\|"))
                        .map(String::strip)
                        .map(Layers::parse)
                        .toList());
        Require.that(
                words.outputs() == data.classes(),
                "student has %d outputs, but %s has %d classes",
                words.outputs(),
                data.name(),
                data.classes());
        List<Architecture.Shape> shapes = words.shapes(words.input());
        List<Architecture.Weights> zeros = new ArrayList<>();
        for (int l = 0; l < words.layers().size(); l++) {
            int[] size = words.layers().get(l).weights(shapes.get(l));
            if (size.length > 0) {
                int biases = words.layers().get(l).biased() ? size[1] : 0;
                zeros.add(new Architecture.Weights(size[0], size[1], new float[size[0] * size[1]], new float[biases]));
            }
        }
        return new Model(words.model(zeros).net().drawn(seed), new Constraints());
    }

    /** The same network with its classifier trained on; the layers up to the features stay as they are to the last bit. */
    static Model classified(Model taught, int layer, Samples train, Transfer.Options options, Context context) {
        Model model = taught.withOptimiser(
                Transfer.training(options, options.classifierEpochs()).updater(train.size()));
        int kept = 0;
        for (int l = 0; l <= layer; l++) {
            kept += (int) model.net().layer(l).numParams();
        }
        Hook frozen = new Hook() {
            @Override
            public void gradient(Training training) {
                for (Parameter parameter : training.parameters()) {
                    if (parameter.layer() <= layer) {
                        Arrays.fill(training.gradients(), parameter.offset(), parameter.end(), 0);
                    }
                }
            }
        };
        new LessonSteps(options.batchSize(), options.classifierEpochs(), "classifier")
                .run(model, train, frozen, context);
        float[] before = taught.net().params().dup().data().asFloat();
        float[] after = model.net().params().dup().data().asFloat();
        System.arraycopy(before, 0, after, 0, kept); // running statistics of batch norm have moved
        model.net().setParams(Nd4j.create(after, model.net().params().shape()));
        return model;
    }
}
