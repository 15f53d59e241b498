package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class Digits_WriteTest {

    @Test
    void aColumnHasOneNumberOfDecimals() {
        assertEquals(List.of("0.9712", "0.9500"), column(0.9712, 0.95));
        assertEquals(List.of("6.420", "1.606"), column(6.42, 1.606));
        assertEquals(List.of("97.1", "100.0"), column(97.1, 100));
    }

    @Test
    void aFloatWidenedToADoubleShowsNoNoise() {
        assertEquals(List.of("0.1", "0.5"), column((double) 0.1f, 0.5));
    }

    @Test
    void thousandsAreSeparatedInTheWholeColumnOnceItReachesTenThousand() {
        assertEquals(List.of("266,610", "1,000"), column(266_610, 1000));
        assertEquals(List.of("2026", "999"), column(2026, 999));
    }

    @Test
    void aValueTooSmallForTheColumnIsWrittenWithAPowerOfTen() {
        assertEquals(List.of("12.34", "1.2e-4", "0.00"), column(12.34, 0.00012, 0));
        assertEquals(List.of("1.23e18"), column(1.23e18));
    }

    @Test
    void aSmallValueThatCanBeWrittenPlainlyIs() {
        assertEquals(List.of("55.00", "184.35", "0.01"), column(55, 184.35, 0.01));
        assertEquals(List.of("1,367,263", "12", "1.37"), column(1_367_263.37, 12.33, 1.37));
    }

    @Test
    void whatIsNotANumberIsShownAsSuch() {
        assertEquals(List.of("1", "–", "∞", "-∞"), column(1, Double.NaN, 1 / 0.0, -1 / 0.0));
    }

    @Property(tries = 300)
    void whatIsWrittenIsTheValueWithinATwentieth(
            @ForAll @NotEmpty List<@DoubleRange(min = -1e300, max = 1e300) Double> column) {
        double[] values = column.stream().mapToDouble(x -> x).toArray();
        Digits digits = Digits.of(values);
        for (double value : values) {
            double read = Double.parseDouble(digits.write(value).replace(",", ""));
            assertTrue(Math.abs(read - value) <= Math.abs(value) / 20, value + " written " + digits.write(value));
        }
    }

    private static List<String> column(double... values) {
        Digits digits = Digits.of(values);
        return Arrays.stream(values).mapToObj(digits::write).toList();
    }
}
