package org.parsimony.coding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.parsimony.coding.columns.CscMatrix;
import org.parsimony.coding.columns.CserMatrix;
import org.parsimony.coding.columns.HamMatrix;
import org.parsimony.coding.columns.IndexMapMatrix;
import org.parsimony.coding.columns.ShamMatrix;
import org.parsimony.coding.entropy.HuffmanCode;
import org.parsimony.coding.entropy.SymbolMatrix;
import org.parsimony.coding.prototypes.PrototypeMatrix;

/** The code of a layer in a {@link CodedNetwork}. */
public enum Code {
    /** The one that takes the fewest bytes in the file. */
    SMALLEST,
    /** Every weight exactly, each row in its shortest form, about 28 bits a weight: {@link PlainMatrix}. */
    DENSE,
    /** {@link CscMatrix}. */
    CSC,
    /** {@link IndexMapMatrix}. */
    INDEX_MAP,
    /** {@link CserMatrix}. */
    CSER,
    /** {@link HamMatrix}. */
    HAM,
    /** {@link ShamMatrix}. */
    SHAM,
    /** {@link PrototypeMatrix}, our own. */
    PROTOTYPES;

    /** {@code matrix} in this code. */
    public CompressedMatrix encode(DenseMatrix matrix) {
        return switch (this) {
            case SMALLEST -> smallest(matrix);
            case DENSE -> PlainMatrix.of(matrix);
            case CSC -> CscMatrix.of(matrix);
            case INDEX_MAP -> IndexMapMatrix.of(matrix);
            case CSER -> CserMatrix.of(matrix);
            case HAM -> HamMatrix.of(matrix);
            case SHAM -> ShamMatrix.of(matrix);
            case PROTOTYPES -> PrototypeMatrix.of(matrix);
        };
    }

    private static CompressedMatrix smallest(DenseMatrix matrix) {
        SymbolMatrix symbols = SymbolMatrix.of(matrix);
        List<Supplier<CompressedMatrix>> all =
                new ArrayList<>(List.of(() -> PlainMatrix.of(matrix), () -> CscMatrix.of(matrix)));
        int zero = symbols.symbolOf(0f);
        long nonzeros = symbols.symbols.length - (zero < 0 ? 0 : symbols.counts[zero]);
        // Where most weights stand alone, a table of values is as large as the weights.
        if (2L * symbols.values.length <= nonzeros) {
            all.add(() -> IndexMapMatrix.of(symbols));
            all.add(() -> CserMatrix.of(symbols));
            all.add(() -> HamMatrix.of(symbols, HuffmanCode.of(symbols.values, symbols.counts)));
            all.add(() -> ShamMatrix.of(symbols));
            all.add(() -> PrototypeMatrix.of(symbols));
        } else if (symbols.symbols.length > 2 * nonzeros) {
            all.add(() -> PrototypeMatrix.of(symbols));
        }
        return all.stream().parallel().map(Supplier::get).toList().stream()
                .min(Comparator.comparingInt(code -> LayerFormat.size(new CodedLayer(code, new float[0]))))
                .orElseThrow();
    }
}
