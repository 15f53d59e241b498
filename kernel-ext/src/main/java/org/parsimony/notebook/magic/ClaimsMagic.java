package org.parsimony.notebook.magic;

import org.parsimony.claims.Claims;
import org.parsimony.experiment.PaperRuns;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.PaperNames;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.report.ClaimTables;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import tech.tablesaw.api.Table;

/** {@code %claims optinet}: what a paper states beside what we measured. */
final class ClaimsMagic extends CommandMagic {

    @Parameters(paramLabel = "PAPER", completionCandidates = PaperNames.class, description = "a folder of papers/")
    private String paper;

    ClaimsMagic(Notebook notebook) {
        super(notebook, "claims", Table.class, "what a paper states beside what the run store has measured");
    }

    @Override
    protected Object call(ParseResult given, String body) {
        return ClaimTables.claims(Claims.ofPaper(paper), PaperRuns.of(paper));
    }
}
