package org.parsimony.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class Numbers_ReadTest {

    @Test
    void spacesAndCommasSeparate() {
        assertArrayEquals(new double[] {30, 99.8}, Numbers.of("ratios", " 30, 99.8 "));
        assertArrayEquals(new int[] {2, 32}, Numbers.whole("k", "2 32"));
        assertEquals(0, Numbers.of("ratios", " ").length);
    }

    @Test
    void whatIsNoNumberIsNamed() {
        var error = assertThrows(IllegalArgumentException.class, () -> Numbers.of("percentiles", "30 ninety"));
        assertEquals(
                "percentiles has \"ninety\", but must be numbers with spaces between, for example 30 60 90",
                error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Numbers.whole("k", "2.5"));
    }
}
