package org.parsimony.notebook.magic;

import org.parsimony.notebook.magic.arguments.ClaimFilter;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.magic.arguments.Names;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.report.ClaimReport;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** {@code %claims optinet}: what a paper states beside what we measured. */
final class ClaimsMagic extends CommandMagic {

    @Parameters(paramLabel = "PAPER", completionCandidates = Names.OfPapers.class, description = "a folder of papers/")
    private String paper;

    @Mixin
    private ClaimFilter filter;

    ClaimsMagic(Notebook notebook) {
        super(notebook, "claims", ClaimReport.class, "what a paper states beside what the run store has measured");
    }

    @Override
    protected Object call(ParseResult given, String body) {
        return filter.of(ClaimReport.of(paper));
    }
}
