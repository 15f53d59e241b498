package org.parsimony.notebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.data.DataException;

/** A notebook's defaults follow data of one's own; what was set stays, and bad data are told with their place. */
class OwnDefaults_FitTest {

    @TempDir
    Path folder;

    private Path table;
    private Parameters notebook;

    @BeforeEach
    void write() throws IOException {
        StringBuilder rows = new StringBuilder("a,b,class\n");
        for (int i = 0; i < 20; i++) {
            rows.append(i).append(',').append(i % 7).append(i % 2 == 0 ? ",left\n" : ",right\n");
        }
        table = Files.writeString(folder.resolve("my.csv"), rows);
        Path file = folder.resolve("n.ipynb");
        Files.writeString(
                file,
                """
                {"cells": [{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source":
                "String dataset = \\"mnist\\";\\nString network = \\"784-30-20-10\\";\\nint samples = 16;"}]}
                """);
        notebook = Parameters.of(file);
    }

    private OwnDefaults.Fitted fitted(Parameters parameters, String... set) {
        return OwnDefaults.of(parameters, List.of(set), folder);
    }

    private static List<String> values(Parameters parameters) {
        return parameters.list().stream().map(Parameter::value).toList();
    }

    @Test
    void widthsEndInTheDataAndNoMoreSamplesAreAskedForThanThereAre() {
        Parameters own = notebook.with("dataset", table.toString());
        OwnDefaults.Fitted fitted = fitted(own, "dataset");
        assertEquals(List.of("\"2-30-20-2\"", "0"), values(fitted.parameters()).subList(1, 3));
        assertEquals(2, fitted.notes().size());
        assertTrue(
                fitted.notes().get(0).startsWith("network is 2-30-20-2: "),
                fitted.notes().toString());
        assertTrue(
                fitted.notes().get(1).contains("all that there are, 12"),
                fitted.notes().toString());
    }

    @Test
    void whatWasSetStays() {
        assertSame(notebook, fitted(notebook).parameters(), "no data set was set");
        Parameters registered = notebook.with("dataset", "digits");
        assertSame(registered, fitted(registered, "dataset").parameters());
        Parameters all = notebook.with("dataset", table.toString())
                .with("network", "2-5-2")
                .with("samples", "16");
        assertSame(all, fitted(all, "dataset", "network", "samples").parameters());
    }

    @Test
    void badDataAndANetworkThatDoesNotFitAreToldAtOnce() throws IOException {
        Files.writeString(table, Files.readString(table).replace("4,4,", "4,NaN,"));
        Parameters own = notebook.with("dataset", table.toString());
        var bad = assertThrows(DataException.class, () -> fitted(own, "dataset"));
        assertTrue(bad.getMessage().contains("my.csv") && bad.getMessage().contains("6"), bad.getMessage());
        write();
        Parameters named = notebook.with("network", "resnet8");
        Parameters images = named.with("dataset", table.toString());
        var unfit = assertThrows(IllegalArgumentException.class, () -> fitted(images, "dataset"));
        assertTrue(unfit.getMessage().contains("-p network=2-64-32-2"), unfit.getMessage());
    }
}
