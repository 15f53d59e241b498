package org.parsimony.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class Charts_LabelTest {

    @Test
    void zeroHasNoSign() {
        DecimalFormat format = new DecimalFormat("#,##0.0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        assertEquals("0.0", Charts.label(format, -1e-17));
        assertEquals("-0.1", Charts.label(format, -0.1));
        assertEquals("-1,000.0", Charts.label(format, -1000));
    }
}
