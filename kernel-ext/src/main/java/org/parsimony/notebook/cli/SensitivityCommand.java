package org.parsimony.notebook.cli;

import java.nio.file.Path;
import org.parsimony.base.Require;
import org.parsimony.method.Context;
import org.parsimony.network.Model;
import org.parsimony.notebook.magic.arguments.Names;
import org.parsimony.report.file.Export;
import org.parsimony.report.file.Figure;
import org.parsimony.sensitivity.LayerHarm;
import org.parsimony.sensitivity.LayerSensitivity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sensitivity FILE --dataset NAME}: how much each layer of a network bears. */
@Command(
        name = "sensitivity",
        description = {
            "Prints the accuracy on validation samples when one layer at a time is harmed and nothing is trained,",
            "and the step of a recipe that harms every layer as much as it bears."
        })
final class SensitivityCommand extends Subcommand {

    @Mixin
    private NetworkChoice choice;

    @Option(
            names = "--harm",
            paramLabel = "HARM",
            defaultValue = "sparsity",
            completionCandidates = Names.OfHarms.class,
            description = "What is done to a layer: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private String harm;

    @Option(
            names = "--amounts",
            split = ",",
            paramLabel = "A,B",
            description = "How much of it, from the mildest; default as is usual.")
    private double[] amounts;

    @Option(
            names = "--drop",
            paramLabel = "D",
            defaultValue = "0.01",
            description = "Accuracy that a layer may cost, from 0 to 1; default ${DEFAULT-VALUE}, a point.")
    private double drop;

    @Option(names = "--plot", paramLabel = "FILE", description = "Writes the heat map: .svg, .png, .pdf or .eps.")
    private Path plot;

    @Override
    public Integer call() {
        LayerHarm kind = LayerHarm.named(harm);
        Require.that(choice.dataset() != null, "--dataset is missing; accuracy needs samples: a name, or a path");
        Model model = choice.model();
        Context context = new Context(1, progress());
        LayerSensitivity sensitivity =
                LayerSensitivity.of(model, choice.dataset(), kind, amounts == null ? kind.usual() : amounts, context);
        print(sensitivity.table());
        String step = sensitivity.targets(drop).step();
        out().println(step.isEmpty() ? "no layer bears the mildest of them at a drop of " + drop : step);
        if (plot != null) {
            Figure.of(sensitivity.heatMap()).write(new Export(), plot);
        }
        return 0;
    }
}
