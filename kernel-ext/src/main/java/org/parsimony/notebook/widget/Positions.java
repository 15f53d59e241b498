package org.parsimony.notebook.widget;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Workplace;
import org.parsimony.method.Context;
import org.parsimony.report.Figures;

/** The positions of a recipe that was explored: each a run of the run store. */
final class Positions {

    private final Workplace here;
    private final Map<String, Run> visited = new LinkedHashMap<>();

    /** @param here where they are carried out and stored */
    Positions(Workplace here) {
        this.here = here;
    }

    /** The run of a position, carried out unless the store has it. */
    Run run(Recipe recipe, Context context) {
        Run run = here.run(recipe, context.progress());
        synchronized (visited) {
            visited.put(run.id(), run);
        }
        return run;
    }

    /** A run, and all positions so far by what a choice may rest on: validation samples. */
    List<?> faces(Object run) {
        synchronized (visited) {
            return List.of(run, Figures.against(List.copyOf(visited.values()), "bytesDisk.pars", "validationAccuracy"));
        }
    }
}
