package org.parsimony.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.data.format.Npy;
import tech.tablesaw.api.Table;

/** Every row of a folder's table is about the matrix it names. */
class CodeReport_FolderTest {

    @Test
    void sizesStandInTheRowOfTheirMatrix(@TempDir Path folder) throws IOException {
        DenseMatrix[] matrices = {
            Matrices.trained(60, 40, 3, 0.8, 5, 0.1, 1),
            Matrices.trained(30, 90, 3, 0.3, 9, 0.1, 2),
            Matrices.trained(20, 20, 3, 0.9, 2, 0.1, 3)
        };
        for (int i = 0; i < matrices.length; i++) {
            DenseMatrix m = matrices[i];
            Npy.write(
                    folder.resolve(i + ".npy"), Nd4j.createFromArray(m.values()).reshape(m.rows(), m.cols()));
        }
        Table table = CodeReport.folder(folder.toString());
        assertEquals(matrices.length, table.rowCount());
        for (int i = 0; i < matrices.length; i++) {
            assertEquals(String.valueOf(i), table.stringColumn(0).get(i));
            assertEquals(
                    matrices[i].rows() + " × " + matrices[i].cols(),
                    table.stringColumn(1).get(i));
            for (CompressedMatrix code : CodeReport.codes(matrices[i])) {
                assertEquals(
                        code.sizeInBytes(),
                        table.longColumn(code.name() + ", B").get(i),
                        code.name());
            }
            table.columns().forEach(column -> assertEquals(0, column.countMissing(), column.name()));
        }
    }
}
