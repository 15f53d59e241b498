package org.parsimony.notebook.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The second, fourth and so on of the committed notebooks. */
class NotebookRunner_OddSmokeTest extends CommittedNotebooks {

    static Stream<Path> notebooks() throws IOException {
        return everySecond(1);
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void everyCellRunsAndProgressEndsAsOnePicture(Path notebook) throws Exception {
        runs(notebook);
    }
}
