package org.parsimony.network.training;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.network.Anatomy;
import org.parsimony.network.Model;

/**
 * Tied weights under Deeplearning4j's own fit: between the backward pass and the update, every weight of one shared value
 * gets the same gradient, so that the optimiser moves them alike. {@link #equalise} then makes them equal to the last bit,
 * which vectorised arithmetic alone does not promise. What is masked has no part in it.
 */
final class PlainTies extends BaseTrainingListener {

    private final Model model;
    private final Trainer.Tying tying;
    private final double[] sum;
    private final int[] count;

    PlainTies(Model model, Trainer.Tying tying) {
        this.model = model;
        this.tying = tying;
        int values = 0;
        for (INDArray numbers : model.constraints().ties().values()) {
            values = Math.max(values, 1 + numbers.maxNumber().intValue());
        }
        sum = new double[values];
        count = new int[values];
    }

    @Override
    public void onGradientCalculation(org.deeplearning4j.nn.api.Model network) {
        gradient(network.gradient().gradientForVariable());
    }

    /** Gives every weight of one value the same gradient; they are named as Deeplearning4j names them. */
    void gradient(Map<String, INDArray> gradients) {
        share(layer -> gradients.get(model.net().key(layer, Anatomy.WEIGHTS)), tying == Trainer.Tying.MEAN);
    }

    /** Gives all weights of one value their mean. */
    void equalise() {
        share(layer -> model.net().layer(layer).getParam(Anatomy.WEIGHTS), true);
    }

    private interface Parameters {
        INDArray of(int layer);
    }

    private void share(Parameters arrays, boolean mean) {
        Map<Integer, INDArray> ties = model.constraints().ties();
        Arrays.fill(sum, 0);
        Arrays.fill(count, 0);
        ties.forEach((layer, numbers) -> {
            float[] number = numbers(layer, numbers);
            float[] value = arrays.of(layer).dup('c').data().asFloat();
            for (int i = 0; i < number.length; i++) {
                if (number[i] >= 0) {
                    sum[(int) number[i]] += value[i];
                    count[(int) number[i]]++;
                }
            }
        });
        ties.forEach((layer, numbers) -> {
            INDArray array = arrays.of(layer);
            float[] number = numbers(layer, numbers);
            float[] value = array.dup('c').data().asFloat();
            for (int i = 0; i < number.length; i++) {
                if (number[i] >= 0) {
                    int v = (int) number[i];
                    value[i] = (float) (mean ? sum[v] / count[v] : sum[v]);
                }
            }
            array.assign(Nd4j.create(value, array.shape(), 'c'));
        });
    }

    /** Numbers of the shared values; −1 also for what is masked. */
    private float[] numbers(int layer, INDArray numbers) {
        float[] number = numbers.dup('c').data().asFloat();
        INDArray mask = model.masks().get(layer);
        if (mask != null) {
            float[] kept = mask.dup('c').data().asFloat();
            for (int i = 0; i < number.length; i++) {
                number[i] = kept[i] == 0 ? -1 : number[i];
            }
        }
        return number;
    }
}
