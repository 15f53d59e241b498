package org.parsimony.data.own;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.data.DataException;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;

/** Tables as the UCI repository and scikit-learn have them: no header line, or another one, and columns of text. */
class OwnData_BareTableTest {

    private static final String LINES =
            "1.5,2,a\n2.5,3,b\n3.5,4,a\n4.5,5,b\n5.5,6,a\n6.5,7,b\n7.5,8,a\n8.5,9,b\n9.5,10,a\n0.5,1,b\n";

    @TempDir
    Path folder;

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), content).toString();
    }

    private static String refusal(String text) {
        return assertThrows(DataException.class, () -> Datasets.load(text)).getMessage();
    }

    @Test
    void withoutAHeaderTheFirstLineIsASampleLikeTheSameTableWithOne() throws IOException {
        Dataset bare = Datasets.load(file(LINES) + ":header=none:label=3:seed=5");
        Dataset skipped = Datasets.load(file("10,2,x,y\n" + LINES) + ":skip=1:header=none:label=3:seed=5");
        Dataset headed = Datasets.load(file("p,q,label\n" + LINES) + ":seed=5");
        for (Dataset other : List.of(bare, skipped)) {
            assertEquals(headed.train().size(), other.train().size());
            assertArrayEquals(headed.train().features(), other.train().features());
            assertArrayEquals(headed.test().features(), other.test().features());
            assertArrayEquals(headed.test().labels(), other.test().labels());
            assertEquals(headed.classNames(), other.classNames());
        }
        assertEquals(
                10, bare.train().size() + bare.validation().size() + bare.test().size());
    }

    @Test
    void aHeaderOfNumbersIsNotTakenForOneWithoutAWord() throws IOException {
        assertTrue(refusal(file(LINES)).contains("if that is no header line, add :header=none"), "no label was named");
        assertTrue(refusal(file(LINES) + ":label=3").contains("is its header line missing? then say header=none"));
        assertTrue(refusal(file(LINES) + ":header=none")
                .contains("t.csv:header=none:label=COLUMN, of \"1\", \"2\", \"3\""));
        assertTrue(refusal(file(LINES) + ":header=none:label=4").endsWith("its columns are 1, 2, 3"));
    }

    @Test
    void aColumnOfTextIsNamedAsItIsToBeLeftOut() throws IOException {
        String dated = file("date,p,label\n2012-01-01,1,a\n2012-01-02,2,b\n2012-01-03,3,a\n2012-01-04,4,b\n"
                + "2012-01-05,5,a\n2012-01-06,6,b\n2012-01-07,7,a\n2012-01-08,8,b\n2012-01-09,9,a\n2012-01-10,10,b\n");
        assertTrue(refusal(dated).endsWith("leave it out: ignore=date"), refusal(dated));
        assertEquals(1, Datasets.load(dated + ":ignore=date").inputs());
    }

    @Test
    void whatIsSaidOfLinesIsForTablesOnly() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Datasets.load("./src:header=none"))
                .getMessage()
                .contains("only tables have them"));
    }
}
