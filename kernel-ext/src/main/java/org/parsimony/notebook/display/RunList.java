package org.parsimony.notebook.display;

import java.util.AbstractList;
import java.util.List;
import org.parsimony.experiment.Run;
import org.parsimony.report.Tables;
import tech.tablesaw.api.Table;

/** Runs that a cell shows as one table by arm. */
public final class RunList extends AbstractList<Run> {

    private final List<Run> runs;
    private final String control;

    /** @param control arm that the others are compared with; empty for none */
    public RunList(List<Run> runs, String control) {
        this.runs = List.copyOf(runs);
        this.control = control;
    }

    /** The arm that the others are compared with; empty for none. */
    public String control() {
        return control;
    }

    /** One row an arm; see {@link Tables#byArm}. */
    public Table table() {
        return Tables.byArm(runs, control);
    }

    @Override
    public Run get(int index) {
        return runs.get(index);
    }

    @Override
    public int size() {
        return runs.size();
    }

    @Override
    public String toString() {
        return runs.size() + " runs";
    }
}
