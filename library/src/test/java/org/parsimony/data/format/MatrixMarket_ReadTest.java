package org.parsimony.data.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.DataException;

/** Every form of the format gives the matrix it means; every lie is refused with its line. */
class MatrixMarket_ReadTest {

    @Property(tries = 100)
    void textReadBackIsTheSameMatrix(
            @ForAll @Size(max = 20) java.util.List<@DoubleRange(min = -1e30, max = 1e30) Double> values,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 9) int columns) {
        int n = values.size();
        int[] row = new int[n];
        int[] column = new int[n];
        double[] value = values.stream().mapToDouble(x -> x).toArray();
        for (int i = 0; i < n; i++) {
            row[i] = i * 5 % rows;
            column[i] = i * 7 % columns;
        }
        MatrixMarket back = read(new MatrixMarket(rows, columns, row, column, value).text());
        assertEquals(rows, back.rows());
        assertEquals(columns, back.columns());
        assertArrayEquals(row, back.row());
        assertArrayEquals(column, back.column());
        assertArrayEquals(value, back.value());
    }

    @Test
    void formsOfOneMatrixAgree() {
        INDArray symmetric = Nd4j.createFromArray(new float[][] {{1, 2}, {2, 0}});
        assertEquals(symmetric, dense("coordinate real general\n% a remark\n\n2 2 3\n1 1 1\n1 2 2.0\n2 1 2e0\n"));
        assertEquals(symmetric, dense("coordinate integer symmetric\n2 2 2\n1 1 1\n2 1 2\n"));
        assertEquals(symmetric, dense("array real general\n2 2\n1\n2\n2\n0\n"));
        assertEquals(symmetric, dense("array Real Symmetric\n2 2\n1\n2\n0"));
        assertEquals(
                Nd4j.createFromArray(new float[][] {{0, -3}, {3, 0}}), dense("array real skew-symmetric\n2 2\n3\n"));
        assertEquals(
                Nd4j.createFromArray(new float[][] {{0, 1, 0}, {1, 0, 0}}),
                dense("coordinate pattern general\n2 3 2\n1 2\n2 1\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "coordinate complex general#1 1 0;               line 1 says \"complex\"",
                "array pattern general#1 1;                      line 1 says array and pattern",
                "coordinate real symmetric#2 3 0;                must be square",
                "coordinate real general#2 2;                    line 2 must give rows and columns and the number",
                "coordinate real general;                        ends after line 1 where a line of sizes",
                "coordinate real general#2 2 2000000000#1 1 1;   ends after line 3 where entry 2 of 2000000000",
                "array real general#2000000000 2000000000#1;     ends after line 3 where the value of row 2, column 1",
                "coordinate real general#2 2 1#3 1 1;            line 3 gives row \"3\", but must give a whole number from 1 to 2",
                "coordinate real general#2 2 1#1 0 1;            line 3 gives column \"0\"",
                "coordinate real general#2 2 1#1 1 NaN;          line 3 gives the value \"NaN\"",
                "coordinate real general#2 2 1#1 1;              line 3 has 2 fields",
                "coordinate real general#2 2 1#1;                line 3 gives column \"\"",
                "coordinate real general#2 2 1#1 1 1#2 2 2;      line 4 follows the last entry",
                "coordinate real general#-1 2 0;                 line 2 gives number of rows \"-1\"",
            })
    void liesAreNamedByTheirLine(String text, String message) {
        String said = assertThrows(DataException.class, () -> matrix(text.replace('#', '\n')))
                .getMessage();
        assertTrue(said.startsWith("a.mtx: "), said);
        assertTrue(said.contains(message), said);
    }

    @Test
    void denseRefusesWhatNoMachineHolds() {
        MatrixMarket huge = matrix("coordinate real general\n100000 100000 1\n7 8 9\n");
        assertEquals(9, huge.value()[0]);
        assertThrows(IllegalArgumentException.class, huge::dense);
    }

    private static INDArray dense(String rest) {
        return matrix(rest).dense();
    }

    private static MatrixMarket matrix(String rest) {
        return read("%%MatrixMarket matrix " + rest);
    }

    private static MatrixMarket read(String text) {
        return MatrixMarket.decode("a.mtx", text.getBytes(StandardCharsets.US_ASCII));
    }
}
