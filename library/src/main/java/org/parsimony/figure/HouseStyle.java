package org.parsimony.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * One look for every figure: colours that everybody can tell apart and that differ in grey too, a marker of its own for
 * every series, no frame and no ornament, and one font, Liberation Sans, which has the measures of Helvetica and Arial
 * and comes with the library, so that a figure is the same on every machine.
 *
 * <p>The background is white, so that a figure reads alike on paper, in a light notebook and as a card in a dark one.
 */
public final class HouseStyle {

    /** Size in pixels of a figure in a notebook. */
    public static final int WIDTH = 680;

    /** Size in pixels of a figure in a notebook. */
    public static final int HEIGHT = 420;

    /** Size in pixels of the body text in a figure; what is exported is scaled from it. */
    public static final int TEXT_SIZE = 13;

    /** Text and markers. */
    public static final Color INK = new Color(0x222222);

    /** Axis labels and what explains without being data. */
    public static final Color QUIET = new Color(0x5F6368);

    /** Grid lines. */
    public static final Color FAINT = new Color(0xE6E6E6);

    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2), // blue
            new Color(0xD55E00), // vermilion
            new Color(0x009E73), // bluish green
            new Color(0xCC79A7), // reddish purple
            new Color(0xE69F00), // orange
            new Color(0x56B4E9), // sky blue
            new Color(0x222222)); // black

    private static final List<Marker> MARKERS = List.of(
            SeriesMarkers.CIRCLE,
            SeriesMarkers.SQUARE,
            SeriesMarkers.TRIANGLE_UP,
            SeriesMarkers.DIAMOND,
            SeriesMarkers.TRIANGLE_DOWN,
            SeriesMarkers.CROSS,
            SeriesMarkers.PLUS);

    private static final List<Marker> HOLLOW =
            MARKERS.stream().<Marker>map(Hollow::new).toList();

    private static final String FONT_FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private static final Font FONT = load();

    private HouseStyle() {}

    private static Font load() {
        try (InputStream file = HouseStyle.class.getResourceAsStream(FONT_FILE)) {
            return Font.createFont(Font.TRUETYPE_FONT, file);
        } catch (IOException | FontFormatException e) {
            throw new IllegalStateException("cannot read the font " + FONT_FILE + " that comes with PDFBox", e);
        }
    }

    /** The font of the house in a size in pixels. */
    public static Font font(double size) {
        return FONT.deriveFont((float) size);
    }

    /** Colours, and markers; together they tell the square of it apart. */
    static final int DISTINCT = 7;

    /** The colour of series number {@code index}; they repeat after seven, with other markers. */
    public static Color colour(int index) {
        return COLOURS.get(index % COLOURS.size());
    }

    /** The marker of series number {@code index}; the same colour and marker come again after 49. */
    public static Marker marker(int index) {
        return MARKERS.get((index + index / DISTINCT) % MARKERS.size());
    }

    /** The outline of {@link #marker}: what belongs to series number {@code index} but is another variant of it. */
    public static Marker hollow(int index) {
        return HOLLOW.get(MARKERS.indexOf(marker(index)));
    }

    /** A colour thinned to {@code opacity} between 0 and 1, over white: opaque, for formats without transparency. */
    public static Color tint(Color colour, double opacity) {
        return new Color(
                (int) Math.round(255 - (255 - colour.getRed()) * opacity),
                (int) Math.round(255 - (255 - colour.getGreen()) * opacity),
                (int) Math.round(255 - (255 - colour.getBlue()) * opacity));
    }

    /** The dashes of a line that marks a demand or a reference. */
    public static BasicStroke dashed() {
        return new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 4}, 0);
    }

    /** Gives a chart with axes the look of the house. */
    public static <S extends AxesChartStyler> S apply(S styler) {
        Font body = font(TEXT_SIZE);
        styler.setSeriesColors(COLOURS.toArray(Color[]::new));
        styler.setSeriesMarkers(MARKERS.toArray(Marker[]::new));
        styler.setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartFontColor(INK)
                .setChartPadding(12)
                .setChartTitleFont(font(TEXT_SIZE + 3))
                .setChartTitlePadding(8)
                .setChartTitleBoxVisible(false)
                .setLegendFont(body)
                .setLegendBackgroundColor(Color.WHITE)
                .setLegendBorderColor(Color.WHITE)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendPadding(6)
                .setLegendSeriesLineLength(22)
                .setAnnotationTextFont(body)
                .setAnnotationTextFontColor(INK)
                .setPlotContentSize(0.98);
        styler.setLocale(Locale.ROOT);
        styler.setAxisTitleFont(body);
        styler.setXAxisTitleColor(INK);
        styler.setYAxisTitleColor(INK);
        styler.setAxisTickLabelsFont(font(TEXT_SIZE - 1));
        styler.setAxisTickLabelsColor(QUIET);
        styler.setAxisTicksMarksVisible(false);
        styler.setAxisTicksLineVisible(false);
        styler.setAxisTickPadding(6);
        styler.setAxisTitlePadding(8);
        styler.setPlotMargin(0);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setPlotGridLinesColor(FAINT);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setErrorBarsColorSeriesColor(true);
        styler.setMarkerSize(7);
        return styler;
    }
}
