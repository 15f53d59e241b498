package org.parsimony.report.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knowm.xchart.XYChart;
import org.parsimony.figure.Charts;
import org.parsimony.figure.Charts.Curve;
import org.parsimony.figure.Gallery;
import org.w3c.dom.NodeList;

class Export_OriginTest {

    private static final Origin ORIGIN = new Origin(
            List.of("0123456789ab", "cdef01234567"), List.of(1L, 2L), "1.2.3", Instant.parse("2026-01-02T03:04:05Z"));

    private static final Export COLUMN = new Export(84, 60, 8, 300);

    private static byte[] bytes(Export.Format format) {
        return COLUMN.bytes(Gallery.entropy(), ORIGIN, format);
    }

    @ParameterizedTest
    @EnumSource(Export.Format.class)
    void theSameChartGivesTheSameBytes(Export.Format format) {
        assertArrayEquals(bytes(format), bytes(format));
    }

    @Test
    void pngHasTheDotsOfItsSizeAndTheOrigin() throws Exception {
        var reader = ImageIO.getImageReadersByFormatName("png").next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(bytes(Export.Format.PNG))));
        assertEquals(992, reader.getWidth(0), "84 mm at 300 dots per inch");
        assertEquals(709, reader.getHeight(0), "60 mm");
        var root = reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
        Map<String, String> found = new HashMap<>();
        NodeList entries = ((org.w3c.dom.Element) root).getElementsByTagName("iTXtEntry");
        for (int i = 0; i < entries.getLength(); i++) {
            var attributes = entries.item(i).getAttributes();
            found.put(
                    attributes.getNamedItem("keyword").getNodeValue(),
                    attributes.getNamedItem("text").getNodeValue());
        }
        assertEquals("0123456789ab cdef01234567", found.get("Recipe"));
        assertEquals("1 2", found.get("Seed"));
        assertEquals("Parsimony 1.2.3", found.get("Software"));
        assertEquals("2026-01-02T03:04:05Z", found.get("Creation Time"));
        assertEquals(
                "11811",
                ((org.w3c.dom.Element) root)
                        .getElementsByTagName("pHYs")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("pixelsPerUnitXAxis")
                        .getNodeValue());
    }

    @Test
    void svgIsWellFormedHasItsSizeAndTheOrigin() throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(bytes(Export.Format.SVG)));
        var root = document.getDocumentElement();
        assertEquals("84.00mm", root.getAttribute("width"));
        assertEquals("60.00mm", root.getAttribute("height"));
        assertEquals(
                "MNIST through 784-512-256-10",
                root.getElementsByTagName("title").item(0).getTextContent());
        assertEquals(
                "0123456789ab cdef01234567",
                root.getElementsByTagName("recipe").item(0).getTextContent());
        assertEquals("1 2", root.getElementsByTagName("seed").item(0).getTextContent());
    }

    @Test
    void pdfHasItsSizeAndTheOrigin() throws Exception {
        try (var document = Loader.loadPDF(bytes(Export.Format.PDF))) {
            var information = document.getDocumentInformation();
            assertEquals("0123456789ab cdef01234567", information.getCustomMetadataValue("Recipe"));
            assertEquals("1 2", information.getCustomMetadataValue("Seed"));
            assertEquals("Parsimony 1.2.3", information.getCreator());
            assertEquals(ORIGIN.date(), information.getCreationDate().toInstant());
            assertEquals(84 / 25.4 * 72, document.getPage(0).getMediaBox().getWidth(), 0.01);
        }
    }

    @Test
    void epsHasItsSizeTheOriginAndNoFont() {
        List<String> lines = new String(bytes(Export.Format.EPS), StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
        assertEquals("%!PS-Adobe-3.0 EPSF-3.0", lines.get(0));
        assertTrue(lines.indexOf("%%ParsimonyRecipe: 0123456789ab cdef01234567") < lines.indexOf("%%EndComments"));
        assertTrue(lines.contains("%%ParsimonySeed: 1 2"));
        assertTrue(lines.contains("%%CreationDate: 2026-01-02T03:04:05Z"));
        assertTrue(lines.stream().anyMatch(l -> l.startsWith("%%BoundingBox: 0 0 23")), "84 mm are 238 points");
    }

    @Test
    void aTitleWithMarkupIsEscaped() throws Exception {
        XYChart chart = Charts.lines(
                "a < b & c", "x", "y", Charts.Spread.BAND, List.of(new Curve("s", new double[] {1, 2}, new double[] {
                    1, 2
                })));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(COLUMN.bytes(chart, ORIGIN, Export.Format.SVG)));
        assertEquals("a < b & c", document.getElementsByTagName("title").item(0).getTextContent());
    }

    @Test
    void exportingLeavesTheChartItsSize() {
        XYChart chart = Gallery.entropy();
        int width = chart.getWidth();
        COLUMN.bytes(chart, ORIGIN, Export.Format.PNG);
        assertEquals(width, chart.getWidth());
    }

    @Test
    void theFileNameTellsTheFormat(@TempDir Path folder) throws Exception {
        Path file = COLUMN.write(Gallery.entropy(), ORIGIN, folder.resolve("deep/figure.SVG"));
        assertArrayEquals(bytes(Export.Format.SVG), Files.readAllBytes(file));
        String said = assertThrows(
                        IllegalArgumentException.class,
                        () -> COLUMN.write(Gallery.entropy(), ORIGIN, folder.resolve("figure.jpg")))
                .getMessage();
        assertTrue(said.contains("must end in .png, .svg, .pdf or .eps"), said);
        assertThrows(IllegalArgumentException.class, () -> COLUMN.withDpi(10));
    }

    @Test
    void epsHasNoTransparencySoTintsAreMixedWithWhite() {
        String eps = new String(bytes(Export.Format.EPS), StandardCharsets.ISO_8859_1);
        assertTrue(eps.contains("0.780392 0.878431 0.933333 rgb"), "blue 0072B2 at 56/255 over white");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed(@TempDir Path folder) {
        Path file = COLUMN.write(Gallery.entropy(), ORIGIN, folder.resolve("figure.svg"));
        Path under = file.resolve("figure.svg");
        String said = assertThrows(
                        java.io.UncheckedIOException.class, () -> COLUMN.write(Gallery.entropy(), ORIGIN, under))
                .getMessage();
        assertTrue(said.contains("cannot write " + under), said);
    }
}
