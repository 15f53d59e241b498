package org.parsimony.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.base.Progress;
import org.parsimony.data.Samples;
import org.parsimony.network.training.Trainer;

/** A score that is kept is the one that an evaluation would give. */
class Scores_HoldTest {

    private static final Samples SAMPLES = Nets.learnable(200, 1);
    private static final Samples OTHERS = Nets.learnable(200, 2);

    /** By a model that has never been evaluated. */
    private static Score anew(Model model, Samples samples) {
        return new Model(model.net(), model.constraints()).evaluate(samples);
    }

    @Test
    void whateverChangesParametersMakesAScoreVoid() {
        Model model = Nets.dense();
        Score first = model.evaluate(SAMPLES);
        INDArray bias = model.network().getLayer(2).getParam("b");
        bias.putScalar(1, bias.getFloat(1) + 3);
        Score second = model.evaluate(SAMPLES);
        assertNotEquals(first, second);
        assertEquals(anew(model, SAMPLES), second);

        Trainer.run(model, SAMPLES, SAMPLES, new Trainer.Options().epochs(2).seed(3), Progress.NONE);
        assertNotEquals(second, model.evaluate(SAMPLES));
        assertEquals(anew(model, SAMPLES), model.evaluate(SAMPLES));
    }

    @Test
    void scoresBelongToTheirSamplesAndCopiesGoTheirOwnWay() {
        Model model = Nets.dense();
        assertEquals(anew(model, SAMPLES), model.evaluate(SAMPLES));
        assertEquals(anew(model, OTHERS), model.evaluate(OTHERS));
        Model copy = model.copy();
        assertEquals(model.evaluate(SAMPLES), copy.evaluate(SAMPLES));
        copy.network().getLayer(0).getParam("W").muli(-1);
        assertEquals(anew(copy, SAMPLES), copy.evaluate(SAMPLES));
        assertNotEquals(copy.evaluate(SAMPLES), model.evaluate(SAMPLES));
        assertEquals(anew(model, SAMPLES), model.evaluate(SAMPLES));
    }

    @Test
    void nothingIsEvaluatedTwice() {
        int[] evaluations = {0};
        INDArray parameters = Nets.dense().net().params();
        Scores scores = new Scores();
        scores.of(SAMPLES, parameters, () -> new Score(++evaluations[0], 0, 1));
        scores.of(SAMPLES, parameters, () -> new Score(++evaluations[0], 0, 1));
        assertEquals(1, evaluations[0]);
        scores.of(OTHERS, parameters, () -> new Score(++evaluations[0], 0, 1));
        Score doubled = scores.of(SAMPLES, parameters.mul(2), () -> new Score(++evaluations[0], 0, 1));
        assertEquals(3, evaluations[0]);
        assertNotEquals(doubled, scores.of(SAMPLES, parameters, () -> new Score(++evaluations[0], 0, 1)));
        assertEquals(doubled, scores.of(SAMPLES, parameters.mul(2), () -> new Score(++evaluations[0], 0, 1)));
        assertEquals(3, evaluations[0]);
        for (int i = 3; i < 20; i++) {
            scores.of(SAMPLES, parameters.mul(i), () -> new Score(++evaluations[0], 0, 1));
        }
        scores.of(SAMPLES, parameters, () -> new Score(++evaluations[0], 0, 1));
        assertEquals(21, evaluations[0], "what was asked for long ago is not kept for ever");
    }
}
