package org.parsimony.splitting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parsimony.base.Progress;
import org.parsimony.data.Dataset;
import org.parsimony.method.Context;
import org.parsimony.method.Training;
import org.parsimony.network.Model;
import org.parsimony.network.TestNetworks;
import org.parsimony.network.training.Trainer;
import org.parsimony.pruning.Learnable;
import org.parsimony.splitting.Splitting.Growth;
import org.parsimony.splitting.Splitting.Moments;
import org.parsimony.steps.Train;

/** Adam's moments through growth; what becomes of them unit by unit is the surgery's law. */
class Splitting_MomentsTest {

    private static final Dataset DATA = Learnable.vectors();
    private static final Context CONTEXT = new Context(1);
    private static final Splitting.Options CARRIED =
            new Splitting.Options().rounds(3, 1).samples(100).moments(Moments.CARRIED);

    private static Model model() {
        return TestNetworks.random("[12],dense 6 relu,dense 5 relu,dense 4 softmax");
    }

    private static float[] parameters(Model model) {
        return model.network().params().dup('c').data().asFloat();
    }

    /** Where nothing is added, trainings with carried moments are one training that shuffles by their seeds. */
    @Test
    void withoutGrowthTheTrainingsAreOneThatGoesOn() {
        Model grown = Splitting.run(model(), DATA, CARRIED.growth(Growth.NONE), CONTEXT)
                .model();
        Model one = model().withOptimiser(
                        new Train.Options().epochs(1).updater(DATA.train().size()));
        for (int round = 1; round <= 2; round++) {
            Trainer.run(
                    one,
                    DATA.train(),
                    DATA.validation(),
                    new Train.Options()
                            .epochs(1)
                            .trainer(CONTEXT.within("training after round " + round)
                                    .seed("order")),
                    Progress.NONE);
        }
        assertArrayEquals(parameters(one), parameters(grown));
        Model fresh = Splitting.run(model(), DATA, CARRIED.growth(Growth.NONE).moments(Moments.FRESH), CONTEXT)
                .model();
        assertFalse(Arrays.equals(parameters(fresh), parameters(grown)));
    }

    @ParameterizedTest
    @EnumSource(Growth.class)
    void anInterruptedGrowthGoesOnToTheSameBytes(Growth growth, @TempDir Path folder) {
        Splitting.Options options = CARRIED.growth(growth);
        Path file = folder.resolve("growth.checkpoint");
        Progress stops = (done, total, what) -> {
            if (what.contains("round 3, eigenvalues")) {
                throw new CancellationException("enough");
            }
        };
        assertThrows(
                CancellationException.class,
                () -> Splitting.run(
                        model(), DATA, options, CONTEXT.checkpoint(file).progress(stops)));
        Grown resumed = Splitting.run(model(), DATA, options, CONTEXT.checkpoint(file));
        Grown whole = Splitting.run(model(), DATA, options, CONTEXT);
        assertArrayEquals(parameters(whole.model()), parameters(resumed.model()));
    }

    /** A comparison tells the two apart. */
    @Test
    void theStateOfTheOptimiserIsPartOfHowAnArmTrains() {
        Splitting.Registered method = new Splitting.Registered();
        Training.Stretch carried = method.training(CARRIED).stretches().get(0);
        Training.Stretch fresh =
                method.training(CARRIED.moments(Moments.FRESH)).stretches().get(0);
        assertEquals("fresh in each training", fresh.state());
        assertEquals("fresh in the first, then carried through growth", carried.state());
        assertEquals(fresh.total(), carried.total());
    }
}
