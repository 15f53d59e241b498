package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.network.Measurement;
import org.parsimony.network.Model;
import org.parsimony.network.Outcome;
import org.parsimony.notebook.spi.MimeBundle;
import tech.tablesaw.api.Table;

class OutcomeRenderer_RenderTest {

    private static final double NONE = Double.NaN;

    @Test
    void whatWasNotMeasuredIsADash() {
        Measurement row = new Measurement(
                "mean field",
                "mnist",
                "784-10",
                1,
                7850,
                -1,
                -1,
                -1,
                -1,
                Map.of(),
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                0.9,
                NONE,
                NONE,
                -1,
                2,
                "");
        String last = new OutcomeRenderer()
                .render(new Found(row))
                .data()
                .get(MimeBundle.TEXT)
                .lines()
                .reduce((a, b) -> b)
                .orElseThrow();
        assertEquals("mean field mnist 784-10 7850 – – – – 0.9 2", last.replaceAll(" +", " "));
    }

    private record Found(Measurement measurement) implements Outcome {

        @Override
        public String verdict() {
            return "found";
        }

        @Override
        public Model model() {
            throw new UnsupportedOperationException("a row alone");
        }

        @Override
        public Table trace() {
            throw new UnsupportedOperationException("a row alone");
        }

        @Override
        public Chart<?, ?> figure() {
            throw new UnsupportedOperationException("a row alone");
        }
    }
}
