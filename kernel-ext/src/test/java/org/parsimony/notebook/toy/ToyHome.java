package org.parsimony.notebook.toy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.parsimony.base.Home;

/** A checkout of its own for each test: the real data, one paper, an empty run store. */
public final class ToyHome implements BeforeEachCallback, AfterEachCallback {

    private static final String PROPERTY = "parsimony.home";

    private static final String EXPERIMENTS =
            """
            {"comparison": {
              "title": "Clipping",
              "control": "trained on",
              "parameters": {"dataset": "iris", "network": "4-6-3", "samples": 0, "seeds": 3, "epochs": 4,
                             "thresholds": [0.2, 0.6]},
              "tiers": {"smoke": {"seeds": 1, "epochs": 1}, "short": {"seeds": 2, "epochs": 2}},
              "arms": [
                {"name": "trained on", "steps": [
                  {"method": "train", "options": {"epochs": "$epochs"}},
                  {"method": "train", "options": {"epochs": 1}}]},
                {"name": "clipped", "for": {"threshold": "$thresholds"}, "steps": [
                  {"method": "train", "options": {"epochs": "$epochs"}},
                  {"method": "clip", "options": {"threshold": "$threshold"}},
                  {"method": "train", "options": {"epochs": 1}}]}],
              "figures": [
                {"kind": "against", "setting": "threshold", "metric": "accuracyAfter"},
                {"kind": "pareto", "column": "nonzeros"}]}}
            """;

    private static final String CLAIMS =
            """
            id,statement,where,certainty,method,dataset,network,options,metric,rule,value,sd,against,tolerance
            better,clipping helps,Table 1,text,clipped,iris,4-6-3,threshold=0.2,accuracyTuned,at least,0.9,,,0
            """;

    private Path root;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Path checkout = Home.checkout().orElseThrow();
        root = Files.createTempDirectory("parsimony-toy");
        Files.createSymbolicLink(root.resolve("data"), checkout.resolve("data"));
        Path paper = Files.createDirectories(root.resolve("papers/toy"));
        Files.writeString(paper.resolve("experiments.json"), EXPERIMENTS);
        Files.writeString(paper.resolve("claims.csv"), CLAIMS);
        System.setProperty(PROPERTY, root.toString());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        System.clearProperty(PROPERTY);
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    /** Its folder. */
    public Path root() {
        return root;
    }

    /** The folder of its paper, {@code toy}. */
    public Path paper() {
        return root.resolve("papers/toy");
    }
}
