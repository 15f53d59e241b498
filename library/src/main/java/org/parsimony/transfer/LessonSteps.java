package org.parsimony.transfer;

import java.util.SplittableRandom;
import org.parsimony.base.Seeds;
import org.parsimony.data.Samples;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.fused.FusedNet;
import org.parsimony.network.fused.Hook;

/**
 * Epochs of a training by a hook: a lesson, or labels with some of the layers held.
 *
 * @param name for its random decisions
 */
record LessonSteps(int batchSize, int epochs, String name) {

    /** The mean loss of every epoch: of the lesson, or of the labels. */
    double[] run(Model model, Samples samples, Hook hook, Context context) {
        Samples x = model.fitted(samples);
        Fused.Options engine = new Fused.Options().batchSize(batchSize).seed(context.seed("dropout, " + name));
        double[] losses = new double[epochs];
        SplittableRandom random = context.random("order of samples, " + name);
        try (FusedNet net = Fused.net(model, hook == null ? engine : engine.hook(hook), x.shape())) {
            for (int e = 0; e < epochs; e++) {
                int[] order = Seeds.permutation(x.size(), random);
                for (int from = 0; from < order.length; from += batchSize) {
                    context.progress().checkCancelled();
                    int to = Math.min(order.length, from + batchSize);
                    if (hook instanceof Lesson lesson) {
                        lesson.next(order, from);
                    }
                    double loss = net.step(x, order, from, to);
                    losses[e] += (hook instanceof Lesson lesson ? lesson.loss() : loss) * (to - from) / order.length;
                }
                context.progress().report(e + 1, epochs, name + ", epoch " + (e + 1));
            }
            net.save();
        }
        return losses;
    }
}
