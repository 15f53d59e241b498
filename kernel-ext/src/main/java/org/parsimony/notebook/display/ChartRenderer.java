package org.parsimony.notebook.display;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Renderer;

/**
 * An XChart figure as a crisp picture: SVG inside an HTML image, with a PNG beside it and one line of text.
 *
 * <p>The SVG is not given as {@code image/svg+xml}: nbconvert 6.5 (Debian 12) strips every element from that, or fails on
 * its XML declaration, and shows nothing. As an image of its own, its ids cannot meet those of another figure on the
 * page either. XChart draws letters as outlines, so no font is looked up. The picture keeps its own light background on
 * a dark page, as a card with round corners.
 */
public final class ChartRenderer implements Renderer<Chart<?, ?>> {

    @Override
    public MimeBundle render(Chart<?, ?> chart) {
        return onPage(chart).with(MimeBundle.PNG, png(chart));
    }

    /** What a page draws, without the PNG for those that draw no pages, which takes as long again. */
    public static MimeBundle onPage(Chart<?, ?> chart) {
        return MimeBundle.html(LiveFigure.of(chart), text(chart));
    }

    /** The chart as an HTML image. */
    static String html(Chart<?, ?> chart) {
        return image(chart, svg(chart));
    }

    /** SVG of the chart's size as an HTML image, on the chart's background. */
    static String image(Chart<?, ?> chart, String svg) {
        Color back = chart.getStyler().getChartBackgroundColor();
        return """
                <img alt="%s" width="%d" height="%d" style="box-sizing:content-box;max-width:calc(100%% - 16px);\
                height:auto;margin:2px 0;padding:8px;border-radius:8px;background:#%06x" src="%s">"""
                .formatted(
                        Html.escape(text(chart)),
                        chart.getWidth(),
                        chart.getHeight(),
                        back.getRGB() & 0xffffff,
                        source(svg));
    }

    /** An address that holds the SVG itself. */
    static String source(String svg) {
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }

    /** The chart as compact SVG without an XML declaration. */
    static String svg(Chart<?, ?> chart) {
        return Svg.compact(document(chart));
    }

    /** The chart as the vector encoder writes it. */
    static String document(Chart<?, ?> chart) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            synchronized (chart) {
                VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
            }
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot draw the chart \"" + chart.getTitle() + "\" as SVG", e);
        }
    }

    private static String png(Chart<?, ?> chart) {
        try {
            synchronized (chart) {
                return Base64.getEncoder()
                        .encodeToString(BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot draw the chart \"" + chart.getTitle() + "\" as PNG", e);
        }
    }

    private static String text(Chart<?, ?> chart) {
        String title = chart.getTitle() == null || chart.getTitle().isBlank() ? "" : " \"" + chart.getTitle() + "\"";
        return chart.getClass().getSimpleName() + title + ": "
                + String.join(", ", chart.getSeriesMap().keySet());
    }
}
