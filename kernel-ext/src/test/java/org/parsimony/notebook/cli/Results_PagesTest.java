package org.parsimony.notebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.parsimony.base.Home;

/** Every number on a results page stands in the runs that are committed beside it. */
class Results_PagesTest {

    @TestFactory
    List<DynamicTest> everyPageIsWhatItsRunsGive() {
        return Home.papers().stream()
                .filter(paper ->
                        Files.exists(Home.paper(paper).resolve("results").resolve("runs.jsonl")))
                .map(paper -> DynamicTest.dynamicTest(paper, () -> {
                    StringWriter said = new StringWriter();
                    var line = Parsimony.commandLine();
                    line.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
                    assertEquals(0, line.execute("results", "--check", paper), said.toString());
                }))
                .toList();
    }
}
