package org.parsimony.report.file;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.Processor;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.eps.EPSProcessor;
import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.intermediate.commands.Command;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetColorCommand;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Require;
import org.parsimony.base.WholeFile;
import org.parsimony.figure.HouseStyle;

/**
 * Writes a chart as a file that a journal takes, with its {@link Origin} inside.
 *
 * <p>The chart is laid out anew for its printed size, so that its text has the same size in a narrow figure and in a
 * wide one. Text is drawn as outlines: no reader and no printer needs the font. The same chart, origin and size give the
 * same bytes.
 *
 * @param widthMm width in millimetres, 30 to 400; a column is often 84, a page 174
 * @param heightMm height in millimetres, 20 to 400
 * @param textPt size of the body text in points, 4 to 24; journals ask for 7 to 9
 * @param dpi dots per inch of a PNG, 72 to 1200; journals ask for 300 to 600
 */
public record Export(double widthMm, double heightMm, double textPt, int dpi) {

    /** A file format. */
    public enum Format {
        /** Pixels; the origin stands in iTXt chunks, the resolution in pHYs. */
        PNG,
        /** For the web; the origin stands in {@code <metadata>}. */
        SVG,
        /** For LaTeX and journals; the origin stands in the document information. */
        PDF,
        /** For older LaTeX; the origin stands in comments. Has no transparency: tints are mixed with white. */
        EPS;

        /** The format that a file name ends in. */
        public static Format of(Path file) {
            String name = Require.fileName(file);
            String suffix = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
            for (Format format : values()) {
                if (format.name().equals(suffix)) {
                    return format;
                }
            }
            throw new IllegalArgumentException(
                    "file " + file + " ends in no known format, but must end in .png, .svg, .pdf or .eps");
        }
    }

    private static final double MM_PER_INCH = 25.4;
    private static final double POINTS_PER_INCH = 72;

    public Export {
        Require.between("width in millimetres", widthMm, 30, 400);
        Require.between("height in millimetres", heightMm, 20, 400);
        Require.between("text size in points", textPt, 4, 24);
        Require.between("dots per inch", dpi, 72, 1200);
    }

    /** 174 × 107 millimetres, the width of a page, with text of 9 points and 300 dots per inch. */
    public Export() {
        this(174, 107, 9, 300);
    }

    /** This with another width and the same proportions. */
    public Export withWidth(double widthMm) {
        return new Export(widthMm, heightMm * widthMm / this.widthMm, textPt, dpi);
    }

    /** This with another resolution. */
    public Export withDpi(int dpi) {
        return new Export(widthMm, heightMm, textPt, dpi);
    }

    /**
     * Writes the chart in the format its file name ends in; the file appears as a whole or not at all.
     *
     * @return the file
     * @throws UncheckedIOException naming the file if it cannot be written
     */
    public Path write(Chart<?, ?> chart, Origin origin, Path file) {
        byte[] bytes = bytes(chart, origin, Format.of(file));
        try {
            WholeFile.write(file, bytes);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** The content of the file that {@link #write} writes. */
    public byte[] bytes(Chart<?, ?> chart, Origin origin, Format format) {
        int oldWidth = chart.getWidth();
        int oldHeight = chart.getHeight();
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("Title", chart.getTitle() == null || chart.getTitle().isBlank() ? "figure" : chart.getTitle());
        entries.putAll(origin.entries());
        try {
            return switch (format) {
                case PNG -> PngText.encode(pixels(chart), dpi, entries);
                case SVG -> svg(chart, entries);
                case PDF -> pdf(chart, origin, entries);
                case EPS -> eps(chart, entries);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot draw the figure: " + e.getMessage(), e);
        } finally {
            // Painting resizes a chart; painting it away gives it its size back.
            Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
            chart.paint(nowhere, oldWidth, oldHeight);
            nowhere.dispose();
        }
    }

    private int layoutWidth() {
        return layout(widthMm);
    }

    private int layoutHeight() {
        return layout(heightMm);
    }

    /** Pixels of the layout in which {@link HouseStyle#TEXT_SIZE} pixels are as large as {@code textPt}. */
    private int layout(double mm) {
        return (int) Math.round(mm / MM_PER_INCH * POINTS_PER_INCH * HouseStyle.TEXT_SIZE / textPt);
    }

    private BufferedImage pixels(Chart<?, ?> chart) {
        int width = (int) Math.round(widthMm / MM_PER_INCH * dpi);
        int height = (int) Math.round(heightMm / MM_PER_INCH * dpi);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        g.scale((double) width / layoutWidth(), (double) height / layoutHeight());
        chart.paint(g, layoutWidth(), layoutHeight());
        g.dispose();
        return image;
    }

    private CommandSequence commands(Chart<?, ?> chart, double scaleX, double scaleY) {
        VectorGraphics2D g = new VectorGraphics2D();
        g.scale(scaleX, scaleY);
        chart.paint(g, layoutWidth(), layoutHeight());
        return g.getCommands();
    }

    private static String text(Processor processor, CommandSequence commands, double width, double height)
            throws IOException {
        Document document = processor.getDocument(commands, new PageSize(0, 0, width, height));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private byte[] svg(Chart<?, ?> chart, Map<String, String> entries) throws IOException {
        String drawn = text(new SVGProcessor(), commands(chart, 1, 1), layoutWidth(), layoutHeight());
        StringBuilder head = new StringBuilder();
        head.append("<title>").append(xml(entries.get("Title"))).append("</title>\n  <desc>");
        head.append(xml(axes(chart))).append("</desc>\n  <metadata>\n");
        head.append("    <origin xmlns=\"urn:parsimony:origin\">\n");
        entries.forEach((key, value) -> {
            String tag = key.toLowerCase(Locale.ROOT).replace(' ', '-');
            head.append("      <" + tag + ">").append(xml(value)).append("</" + tag + ">\n");
        });
        head.append("    </origin>\n  </metadata>\n  ");
        int body = drawn.indexOf('>', drawn.indexOf("<svg")) + 1;
        String root = drawn.substring(0, body)
                .replaceFirst(" width=\"[^\"]*\"", " width=\"" + millimetres(widthMm) + "\"")
                .replaceFirst(" height=\"[^\"]*\"", " height=\"" + millimetres(heightMm) + "\"")
                .replaceFirst("<!DOCTYPE[^>]*>\\s*", "");
        return (root + "\n  " + head + numbered(drawn.substring(body).strip()) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String millimetres(double mm) {
        return String.format(Locale.ROOT, "%.2fmm", mm);
    }

    private static String axes(Chart<?, ?> chart) {
        return Stream.of(chart.getYAxisTitle(), chart.getXAxisTitle())
                .filter(axis -> axis != null && !axis.isBlank())
                .collect(Collectors.joining(" against "));
    }

    /** Names the clip paths by their order; their names come from where objects lie in memory. */
    private static String numbered(String svg) {
        Map<String, String> names = new LinkedHashMap<>();
        Matcher matcher = Pattern.compile("clip-?[0-9]{2,}").matcher(svg);
        return matcher.replaceAll(found -> names.computeIfAbsent(found.group(), name -> "clip" + names.size()));
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private byte[] eps(Chart<?, ?> chart, Map<String, String> entries) throws IOException {
        CommandSequence drawn = commands(chart, widthMm / layoutWidth(), heightMm / layoutHeight());
        CommandSequence opaque = () -> StreamSupport.stream(drawn.spliterator(), false)
                .<Command<?>>map(Export::opaque)
                .iterator();
        StringBuilder head = new StringBuilder("%!PS-Adobe-3.0 EPSF-3.0\n");
        entries.forEach((key, value) -> {
            String standard = Map.of("Software", "%%Creator", "Creation Time", "%%CreationDate", "Title", "%%Title")
                    .getOrDefault(key, "%%Parsimony" + key);
            String line = standard + ": " + value.replaceAll("[^\\x20-\\x7e]", "?");
            head.append(line, 0, Math.min(line.length(), 250)).append('\n'); // lines of a DSC file end at 255
        });
        String body = text(new EPSProcessor(), opaque, widthMm, heightMm);
        return body.replaceFirst("%!PS-Adobe-3.0 EPSF-3.0\r?\n", Matcher.quoteReplacement(head.toString()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Command<?> opaque(Command<?> command) {
        return command instanceof SetColorCommand set && set.getValue().getAlpha() < 255
                ? new SetColorCommand(
                        HouseStyle.tint(set.getValue(), set.getValue().getAlpha() / 255.0))
                : command;
    }

    private byte[] pdf(Chart<?, ?> chart, Origin origin, Map<String, String> entries) throws IOException {
        try (PDDocument document = new PDDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            document.setDocumentId(origin.date().getEpochSecond());
            PDDocumentInformation information = document.getDocumentInformation();
            information.setTitle(entries.get("Title"));
            information.setCreator(entries.get("Software"));
            information.setCreationDate(GregorianCalendar.from(origin.date().atZone(ZoneOffset.UTC)));
            information.setCustomMetadataValue("Recipe", entries.get("Recipe"));
            information.setCustomMetadataValue("Seed", entries.get("Seed"));
            float width = (float) (widthMm / MM_PER_INCH * POINTS_PER_INCH);
            float height = (float) (heightMm / MM_PER_INCH * POINTS_PER_INCH);
            PDPage page = new PDPage(new PDRectangle(width, height));
            document.addPage(page);
            PdfBoxGraphics2D g = new PdfBoxGraphics2D(document, layoutWidth(), layoutHeight());
            chart.paint(g, layoutWidth(), layoutHeight());
            g.dispose();
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.transform(Matrix.getScaleInstance(width / layoutWidth(), height / layoutHeight()));
                content.drawForm(g.getXFormObject());
            }
            document.save(out);
            return out.toByteArray();
        }
    }
}
