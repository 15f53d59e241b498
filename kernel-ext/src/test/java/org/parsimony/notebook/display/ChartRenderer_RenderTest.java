package org.parsimony.notebook.display;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.parsimony.notebook.spi.MimeBundle;

class ChartRenderer_RenderTest {

    private static final Pattern SOURCE = Pattern.compile("src=\"data:image/svg\\+xml;base64,([^\"]*)\"");

    @Test
    void theImageInTheHtmlIsWellFormedSvgOfTheChartsSize() throws Exception {
        var image = SOURCE.matcher(render().get(MimeBundle.HTML));
        assertTrue(image.find());
        byte[] svg = Base64.getDecoder().decode(image.group(1));
        var root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg))
                .getDocumentElement();
        assertEquals("svg", root.getTagName());
        assertEquals("0 0 320 200", root.getAttribute("viewBox"));
        // An XML declaration makes nbconvert 6.5 fail.
        assertTrue(new String(svg, StandardCharsets.UTF_8).startsWith("<svg"));
    }

    @Test
    void everyStyleIsWrittenOnceAndNoNumberHasMoreThanTwoDecimals() {
        String svg = ChartRenderer.svg(chart());
        assertEquals(-1, svg.indexOf(" style=\""));
        String coordinates = svg.substring(svg.indexOf("</style>"));
        assertTrue(!Pattern.compile("\\.\\d{3}").matcher(coordinates).find(), coordinates);
        var used = Pattern.compile("class=\"(s\\d+)\"").matcher(svg);
        while (used.find()) {
            assertTrue(svg.contains("." + used.group(1) + "{"), used.group());
        }
    }

    @Test
    void aPngAndALineOfTextStandBesideIt() {
        var forms = render();
        byte[] png = Base64.getDecoder().decode(forms.get(MimeBundle.PNG));
        assertArrayEquals(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, Arrays.copyOf(png, 4));
        assertEquals("XYChart \"a < b\": layer <1>", forms.get(MimeBundle.TEXT));
        assertTrue(forms.get(MimeBundle.HTML).contains("alt=\"XYChart &quot;a &lt; b&quot;: layer &lt;1&gt;\""));
    }

    private static java.util.Map<String, String> render() {
        return new ChartRenderer().render(chart()).data();
    }

    private static XYChart chart() {
        XYChart chart =
                new XYChartBuilder().width(320).height(200).title("a < b").build();
        chart.addSeries("layer <1>", new double[] {0, 1. / 3, 2}, new double[] {0, 1. / 7, 4});
        return chart;
    }
}
