package org.parsimony.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.base.Require;
import org.parsimony.experiment.Provenance;

/**
 * Figures as files that a journal takes, each with its recipe ids, seeds, library version and date inside: PNG in text
 * chunks, SVG in {@code <metadata>}, PDF in the document information, EPS in comments.
 *
 * <p>The same figure and date give the same bytes, but for PDF's document id. A file is replaced as a whole or not at all.
 */
public final class Export {

    private static final int CSS_DPI = 96;
    private static final double MM_PER_INCH = 25.4;

    private Export() {}

    /** A kind of file. */
    public enum Format {
        PNG,
        SVG,
        PDF,
        EPS;

        /** The ending of the file's name, without the dot. */
        public String ending() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How large.
     *
     * @param dpi dots per inch of a PNG, from 36 to 2400; default 300
     * @param widthMm printed width in millimetres, from 20 to 1000, or NaN, the default, for 96 of the chart's pixels to an
     *     inch; text grows with it
     */
    public record Options(int dpi, double widthMm) {

        public Options {
            Require.between("dpi", dpi, 36, 2400);
            if (!Double.isNaN(widthMm)) {
                Require.between("widthMm", widthMm, 20, 1000);
            }
        }

        /** 300 dots per inch, as wide as the chart. */
        public Options() {
            this(300, Double.NaN);
        }
    }

    /**
     * Writes a figure.
     *
     * @param file whose folder is made if it is missing
     * @param date that the file says it was made at
     * @throws IOException if the file cannot be written; an older file of the name is then unchanged
     */
    public static void write(Figure figure, Path file, Format format, Options options, Instant date)
            throws IOException {
        Map<String, String> facts = facts(figure, date);
        byte[] content =
                switch (format) {
                    case PNG -> Png.encode(figure.chart(), scale(figure.chart(), options), options.dpi(), facts);
                    case SVG -> svg(figure.chart(), options, facts);
                    case PDF -> pdf(figure.chart(), facts, date);
                    case EPS -> eps(figure.chart(), facts);
                };
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path draft = folder.resolve(file.getFileName() + ".new");
        try {
            Files.write(draft, content);
            Files.move(draft, file.toAbsolutePath(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** What every file says about itself. */
    private static Map<String, String> facts(Figure figure, Instant date) {
        Provenance here = Provenance.here(date, date);
        Map<String, String> facts = new LinkedHashMap<>();
        String title = figure.chart().getTitle();
        facts.put("Title", title == null ? "" : title);
        facts.put("Software", "Parsimony " + here.library());
        facts.put("Recipe", figure.recipeLine());
        facts.put("Seed", figure.seedLine());
        facts.put("Creation Time", date.toString());
        return facts;
    }

    /** Dots of the picture for each pixel of the chart. */
    private static double scale(Chart<?, ?> chart, Options options) {
        double inches =
                Double.isNaN(options.widthMm()) ? (double) chart.getWidth() / CSS_DPI : options.widthMm() / MM_PER_INCH;
        return inches * options.dpi() / chart.getWidth();
    }

    private static byte[] svg(Chart<?, ?> chart, Options options, Map<String, String> facts) throws IOException {
        String text = new String(vector(chart, VectorGraphicsFormat.SVG), StandardCharsets.UTF_8);
        int root = text.indexOf("<svg");
        int open = text.indexOf('>', root);
        if (root < 0 || open < 0) {
            throw new IOException("the chart library wrote an SVG without a root element");
        }
        String head = text.substring(root, open);
        if (!Double.isNaN(options.widthMm())) {
            double height = options.widthMm() * chart.getHeight() / chart.getWidth();
            head = head.replaceFirst("\\bwidth=\"[^\"]*\"", "width=\"" + options.widthMm() + "mm\"")
                    .replaceFirst("\\bheight=\"[^\"]*\"", String.format(Locale.ROOT, "height=\"%.3fmm\"", height));
        }
        String metadata = facts.entrySet().stream()
                .map(fact -> escaped(fact.getKey() + ": " + fact.getValue()))
                .collect(Collectors.joining("\n", "\n<metadata>", "</metadata>\n"));
        return (text.substring(0, root) + head + ">" + metadata + text.substring(open + 1))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pdf(Chart<?, ?> chart, Map<String, String> facts, Instant date) throws IOException {
        try (PDDocument document = Loader.loadPDF(vector(chart, VectorGraphicsFormat.PDF))) {
            PDDocumentInformation information = new PDDocumentInformation();
            information.setTitle(facts.get("Title"));
            information.setCreator(facts.get("Software"));
            information.setSubject("Recipe: " + facts.get("Recipe") + "; seed: " + facts.get("Seed"));
            information.setCustomMetadataValue("Recipe", facts.get("Recipe"));
            information.setCustomMetadataValue("Seed", facts.get("Seed"));
            Calendar calendar = GregorianCalendar.from(date.atZone(ZoneOffset.UTC));
            calendar.setTimeZone(TimeZone.getTimeZone("UTC"));
            information.setCreationDate(calendar);
            document.setDocumentInformation(information);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    private static byte[] eps(Chart<?, ?> chart, Map<String, String> facts) throws IOException {
        String text = new String(vector(chart, VectorGraphicsFormat.EPS), StandardCharsets.ISO_8859_1);
        int first = text.indexOf('\n') + 1;
        String comments = facts.entrySet().stream()
                .map(fact -> "%%" + fact.getKey().replace(" ", "") + ": " + ascii(fact.getValue()) + "\n")
                .collect(Collectors.joining());
        // The chart library states the moment of writing; a file made anew from the same date should be the same.
        String rest = text.substring(first)
                .lines()
                .filter(line -> !line.startsWith("%%Title:") && !line.startsWith("%%CreationDate:"))
                .collect(Collectors.joining("\n", "", "\n"));
        return (text.substring(0, first) + comments + rest).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] vector(Chart<?, ?> chart, VectorGraphicsFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, out, format);
        return out.toByteArray();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String ascii(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
