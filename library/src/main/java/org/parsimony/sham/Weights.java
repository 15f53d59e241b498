package org.parsimony.sham;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.network.Model;

/**
 * The weights of one chosen layer, unit after unit as the training engine has them: {@code [cols × rows]}, inputs of a
 * unit side by side.
 *
 * @param layer index in the network
 * @param rows inputs of a unit
 * @param cols units
 */
record Weights(int layer, int rows, int cols) {

    private static final String NAME = "W";

    /** The layers of {@code model} that {@code kind} means, in order. */
    static List<Weights> chosen(Model model, Sham.Layers kind) {
        List<Weights> chosen = new ArrayList<>();
        for (int l = 0; l < model.network().getnLayers(); l++) {
            var conf = model.network().getLayer(l).conf().getLayer();
            boolean dense = conf instanceof DenseLayer || conf instanceof OutputLayer;
            if (dense || kind == Sham.Layers.ALL && conf instanceof ConvolutionLayer) {
                INDArray w = model.network().getLayer(l).getParam(NAME);
                int cols = (int) w.size(w.rank() == 4 ? 0 : 1);
                chosen.add(new Weights(l, (int) (w.length() / cols), cols));
            }
        }
        return List.copyOf(chosen);
    }

    private INDArray array(Model model) {
        return model.network().getLayer(layer).getParam(NAME);
    }

    private static char order(INDArray array) {
        return array.rank() == 4 ? 'c' : 'f';
    }

    float[] read(Model model) {
        INDArray w = array(model);
        return w.dup(order(w)).data().asFloat();
    }

    void write(Model model, float[] values) {
        INDArray w = array(model);
        w.assign(Nd4j.create(values, w.shape(), order(w)));
    }

    /** Masks what is zero in {@code values}. */
    void mask(Model model, float[] values) {
        float[] ones = new float[values.length];
        for (int i = 0; i < ones.length; i++) {
            ones[i] = values[i] == 0 ? 0 : 1;
        }
        INDArray w = array(model);
        model.masks().put(layer, Nd4j.create(ones, w.shape(), order(w)));
    }

    /** {@code [inputs × units]}. */
    DenseMatrix matrix(Model model) {
        float[] values = read(model);
        float[] dense = new float[values.length];
        for (int unit = 0; unit < cols; unit++) {
            for (int row = 0; row < rows; row++) {
                dense[row * cols + unit] = values[unit * rows + row] + 0f; // −0 is 0
            }
        }
        return new DenseMatrix(rows, cols, dense);
    }
}
