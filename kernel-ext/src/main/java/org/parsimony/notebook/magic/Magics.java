package org.parsimony.notebook.magic;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.annealing.Annealing;
import org.parsimony.annealing.AnnealingOutcome;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.optinet.OptiNET;
import org.parsimony.optinet.OptiNetOutcome;
import org.parsimony.sham.Sham;
import org.parsimony.sham.ShamOutcome;

/** Every magic of this project. */
public final class Magics {

    private Magics() {}

    /** The magics of a running notebook, in the order in which {@code %help} tells them. */
    public static List<Magic> of(Notebook notebook) {
        List<Magic> magics = new ArrayList<>(List.of(
                new DatasetMagic(notebook),
                new ParamsMagic(notebook, System.getenv()),
                new MethodMagic<>(
                        notebook,
                        "optinet",
                        "OptiNET: the widths of hidden layers from the entropy of data and layers",
                        OptiNET.Options.class,
                        OptiNetOutcome.class,
                        OptiNET::run),
                new MethodMagic<>(
                        notebook,
                        "sham",
                        "HAM and sHAM: prune, share values, fine-tune, and code what is left",
                        Sham.Options.class,
                        ShamOutcome.class,
                        Sham::run),
                new MethodMagic<>(
                        notebook,
                        "annealing",
                        "simulated annealing: which connections of a trained network to keep; --dense-epochs trains it first",
                        Annealing.Options.class,
                        AnnealingOutcome.class,
                        Annealing::run),
                new PaperMagic(notebook),
                new ClaimsMagic(notebook),
                new RunsMagic(notebook),
                new FigureMagic(notebook),
                new TableMagic(notebook)));
        magics.add(new HelpMagic(notebook, magics));
        return List.copyOf(magics);
    }
}
