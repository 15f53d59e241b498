package org.parsimony.notebook.magic.arguments;

import org.parsimony.report.ClaimReport;
import picocli.CommandLine.Option;

/** The options by which a reader asks for some of a paper's claims. */
public final class ClaimFilter {

    @Option(
            names = "--verdict",
            paramLabel = "VERDICT",
            description =
                    "those of this verdict: reproduced, \"no worse\", \"not reproduced\", undecided, \"not measured\", or"
                            + " weak: borne out, but by most of those that do nothing, too")
    private String verdict;

    @Option(names = "--dataset", paramLabel = "DATA", description = "those about a data set")
    private String dataset;

    @Option(names = "--network", paramLabel = "NETWORK", description = "those about a network")
    private String network;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "those whose kind has this text in it, for example accuracy or occupancy")
    private String kind;

    /** The claims that were asked for. */
    public ClaimReport of(ClaimReport report) {
        ClaimReport left = report;
        left = dataset == null ? left : left.onDataset(dataset);
        left = network == null ? left : left.ofNetwork(network);
        left = kind == null ? left : left.ofKind(kind);
        return verdict == null ? left : left.withVerdict(verdict);
    }
}
