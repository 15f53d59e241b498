package org.parsimony.equilibrium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The theorem of the symmetric base method, and that it needs the symmetry. */
class SettlingNet_GradientTest {

    private static final double[] X = {1, 0.25};
    private static final double[] Y = {0.9};
    private static final double[] BETAS = {0.1, 0.03, 0.01, 0.003, 0.001};

    /** Worked out independently of this code. */
    @Test
    void theExampleSettlesWhereItMust() {
        double[] s = SettlingNet.example(0).free(X);
        double[] expected = {0.74996877, -0.1776528, 0.79777671, 0.73533729};
        for (int i = 0; i < 4; i++) {
            assertEquals(expected[i], s[i], 1e-8);
        }
        assertEquals(0.0135569037, SettlingNet.example(0).cost(X, Y), 1e-10);
    }

    @Test
    void theGradientOfTheExampleIsTheOneByHand() {
        SettlingNet.Gradient g = SettlingNet.example(0).differences(X, Y);
        double[] first = {-0.01101215, 0.00102300, -0.00344216};
        double[] second = {-0.00275304, 0.00025575, -0.00086054};
        double[] out = {-0.05228465, -0.00304780, -0.04901790};
        for (int j = 0; j < 3; j++) {
            assertEquals(first[j], g.inputs()[0][j], 2e-8);
            assertEquals(second[j], g.inputs()[1][j], 2e-8);
            assertEquals(out[j], g.between()[j][3], 2e-8);
            assertEquals(first[j], g.bias()[j], 2e-8);
        }
        assertEquals(-0.06068502, g.bias()[3], 2e-8);
    }

    @Test
    void theErrorFallsAsBetaWithTwoPhasesAndAsItsSquareWithThree() {
        BetaLaw law = BetaLaw.of(SettlingNet.example(0), X, Y, BETAS);
        assertEquals(1, law.slope(law.oneSided()), 0.02);
        assertEquals(2, law.slope(law.threePhase()), 0.02);
        assertTrue(law.threePhase()[4] < 1e-6, law.table().print());
        assertEquals(5, law.table().rowCount());
    }

    /** Any symmetric net, any connections: the slopes are the theorem's, not the example's. */
    @Test
    void theSlopesHoldForRandomSymmetricNets() {
        Random random = new Random(5);
        for (int t = 0; t < 10; t++) {
            BetaLaw law = BetaLaw.of(random(random, 0), new double[] {0.3, 0.8}, Y, 0.03, 0.01, 0.003);
            assertEquals(1, law.slope(law.oneSided()), 0.15);
            assertEquals(2, law.slope(law.threePhase()), 0.15);
        }
    }

    @Test
    void withoutSymmetryTheErrorStaysHoweverSmallBeta() {
        double before = 0;
        for (double asymmetry : new double[] {0.25, 0.5, 1}) {
            BetaLaw law = BetaLaw.of(SettlingNet.example(asymmetry), X, Y, BETAS);
            assertTrue(law.threePhase()[4] > 0.005, law.table().print());
            assertEquals(law.threePhase()[3], law.threePhase()[4], 0.02 * law.threePhase()[4], "a limit above zero");
            assertTrue(law.threePhase()[4] > before, "more asymmetry, more error");
            before = law.threePhase()[4];
        }
        Random random = new Random(6);
        for (int t = 0; t < 20; t++) {
            BetaLaw law = BetaLaw.of(random(random, 1), new double[] {0.3, 0.8}, Y, 0.01);
            assertTrue(
                    law.cosine()[0] > 0 && law.threePhase()[0] > 1e-3,
                    law.table().print());
        }
    }

    private static SettlingNet random(Random random, double asymmetry) {
        double[][] between = new double[4][4];
        double[][] inputs = new double[2][4];
        double[] bias = new double[4];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < i; j++) {
                double s = 0.2 * random.nextGaussian();
                double a = asymmetry * 0.2 * random.nextGaussian();
                between[i][j] = s + a;
                between[j][i] = s - a;
            }
            bias[i] = 0.2 * random.nextGaussian();
            inputs[0][i] = 0.2 * random.nextGaussian();
            inputs[1][i] = 0.2 * random.nextGaussian();
        }
        return new SettlingNet(inputs, between, bias, 1);
    }

    @Test
    void aNudgeThatTakesTheBottomOfTheEnergyAwayIsTold() {
        SettlingNet net = SettlingNet.example(0);
        ArithmeticException e = assertThrows(ArithmeticException.class, () -> net.nudged(X, Y, -2.5, net.free(X)));
        assertTrue(e.getMessage().contains("β"), e.getMessage());
        assertFalse(SettlingNet.example(0.5).isSymmetric());
        assertThrows(
                IllegalArgumentException.class,
                () -> new SettlingNet(new double[0][], new double[][] {{1}}, new double[1], 1));
    }
}
