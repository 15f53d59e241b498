package org.parsimony.notebook.magic;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.method.Method;
import org.parsimony.method.Methods;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.Notebook;

/** Every magic of this project: those of notebooks in general, and one for each method of the registry. */
public final class Magics {

    private Magics() {}

    /** The magics of a running notebook, in the order in which {@code %help} tells them. */
    public static List<Magic> of(Notebook notebook) {
        ParamsMagic parameters = new ParamsMagic(notebook, System.getenv());
        Workbench bench = new Workbench(notebook, parameters);
        parameters.use(bench);
        List<Magic> magics = new ArrayList<>(List.of(
                new DatasetMagic(notebook),
                parameters,
                new NetworkMagic(bench),
                new SummaryMagic(notebook),
                new SensitivityMagic(notebook),
                new MethodsMagic(notebook),
                new RecipeMagic(bench),
                new RunMagic(bench),
                new SweepMagic(bench),
                new CompareMagic(bench),
                new ReproduceMagic(bench),
                new RunsMagic(notebook),
                new ExportMagic(notebook),
                new PaperMagic(notebook),
                new ClaimsMagic(notebook),
                new FigureMagic(notebook),
                new TableMagic(notebook)));
        for (Method<?> method : Methods.all()) {
            magics.add(new MethodMagic<>(notebook, method));
        }
        magics.add(new HelpMagic(notebook, magics));
        return List.copyOf(magics);
    }
}
