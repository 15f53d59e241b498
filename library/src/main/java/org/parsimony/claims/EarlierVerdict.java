package org.parsimony.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.parsimony.base.Home;

/**
 * A verdict of a results page from before recipes had steps, when our mean alone decided: what {@code
 * papers/PAPER/results/earlier/verdicts-1.csv} keeps of it.
 *
 * @param claim id of the claim
 * @param ours the mean with its interval, as the page printed it; its sd is not known
 * @param tier of the runs
 * @param verdict as it was written
 */
public record EarlierVerdict(String claim, Estimate ours, String tier, String verdict) {

    private static final String FILE = "verdicts-1.csv";
    private static final List<String> COLUMNS = List.of("claim", "mean", "half", "n", "tier", "verdict");

    /**
     * Those of a paper, in the order of its page; none where nothing was judged then.
     *
     * @throws IllegalArgumentException if the file is there but has other columns
     */
    public static List<EarlierVerdict> ofPaper(String paper) {
        Path file = Home.paper(paper).resolve("results").resolve("earlier").resolve(FILE);
        if (!Files.exists(file)) {
            return List.of();
        }
        List<List<String>> rows;
        try {
            rows = CsvRows.read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        if (rows.isEmpty() || !rows.get(0).equals(COLUMNS)) {
            throw new IllegalArgumentException(file + " must have the columns " + COLUMNS);
        }
        List<EarlierVerdict> verdicts = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            double half = row.get(2).isEmpty() ? Double.NaN : Double.parseDouble(row.get(2));
            Estimate ours =
                    new Estimate(Double.parseDouble(row.get(1)), Double.NaN, Integer.parseInt(row.get(3)), half);
            verdicts.add(new EarlierVerdict(row.get(0), ours, row.get(4), row.get(5)));
        }
        return List.copyOf(verdicts);
    }
}
