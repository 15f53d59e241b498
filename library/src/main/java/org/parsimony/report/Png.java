package org.parsimony.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.knowm.xchart.internal.chartpart.Chart;

/** A chart as PNG with its resolution and text chunks. */
final class Png {

    private static final String FORMAT = "javax_imageio_png_1.0";
    private static final double INCHES_PER_METRE = 1000 / 25.4;

    private Png() {}

    /**
     * @param scale dots for each pixel of the chart
     * @param dpi dots per inch that the file states
     * @param facts keyword (at most 79 Latin letters) and text of each chunk
     */
    static byte[] encode(Chart<?, ?> chart, double scale, int dpi, Map<String, String> facts) throws IOException {
        int width = (int) Math.round(chart.getWidth() * scale);
        int height = (int) Math.round(chart.getHeight() * scale);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(scale, scale);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();

        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try {
            IIOMetadata metadata = writer.getDefaultImageMetadata(
                    ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_INT_RGB),
                    writer.getDefaultWriteParam());
            metadata.mergeTree(FORMAT, chunks(dpi, facts));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
                writer.setOutput(stream);
                writer.write(metadata, new IIOImage(image, null, metadata), null);
            }
            return out.toByteArray();
        } finally {
            writer.dispose();
        }
    }

    private static IIOMetadataNode chunks(int dpi, Map<String, String> facts) {
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        IIOMetadataNode resolution = new IIOMetadataNode("pHYs");
        String perMetre = Long.toString(Math.round(dpi * INCHES_PER_METRE));
        resolution.setAttribute("pixelsPerUnitXAxis", perMetre);
        resolution.setAttribute("pixelsPerUnitYAxis", perMetre);
        resolution.setAttribute("unitSpecifier", "meter");
        root.appendChild(resolution);
        IIOMetadataNode texts = new IIOMetadataNode("iTXt");
        facts.forEach((keyword, text) -> {
            IIOMetadataNode entry = new IIOMetadataNode("iTXtEntry");
            entry.setAttribute("keyword", keyword);
            entry.setAttribute("compressionFlag", "FALSE");
            entry.setAttribute("compressionMethod", "0");
            entry.setAttribute("languageTag", "en");
            entry.setAttribute("translatedKeyword", keyword);
            entry.setAttribute("text", text);
            texts.appendChild(entry);
        });
        root.appendChild(texts);
        return root;
    }
}
