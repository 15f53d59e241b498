package org.parsimony.notebook.display;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.Series;

/**
 * A figure's SVG taken apart into pictures to lie on each other: what is below the series, each series that the legend has,
 * and what is above them: read off its {@link Tinted} drawing, whose colours are put back.
 *
 * @param below background, axes, grid, and series that the legend does not name
 * @param parts the series that the legend names
 * @param above titles, legend
 */
record SeriesLayers(String below, List<Part> parts, String above) {

    /**
     * A series by itself.
     *
     * @param place among the chart's series that are drawn
     * @param label what the legend calls it
     * @param picture its marks
     * @param x left edge of its entry in the legend, in the figure's pixels, as the others
     * @param y upper edge
     */
    record Part(int place, String label, String picture, double x, double y, double width, double height) {}

    private static final int BELOW = -1;
    private static final int ABOVE = -2;

    /** Of a glyph's middle: how far its entry reaches up and down. */
    private static final int HALF_ROW = 11;

    /** Of a glyph's left edge: how far its entry reaches out. */
    private static final int MARGIN = 8;

    private static final Pattern TOKEN = Pattern.compile("<defs>.*?</defs>|<[^>]*>", Pattern.DOTALL);
    private static final Pattern EMPTY = Pattern.compile("<g[^>]*></g>");
    private static final Pattern PATH_BEGIN = Pattern.compile(" d=\"M(-?[\\d.]+),(-?[\\d.]+)");

    /** Of a chart whose legend has two entries or more; nothing of any other, where there is nothing to choose from. */
    static Optional<SeriesLayers> of(Chart<?, ?> chart) {
        List<Series> all = Tinted.series(chart);
        long told = all.stream().filter(Series::isShowInLegend).count();
        if (!chart.getStyler().isLegendVisible() || told < 2) {
            return Optional.empty();
        }
        return new Drawing(all, new Tinted(chart)).layers();
    }

    /** One drawing, element by element. */
    private static final class Drawing {

        private final List<Series> all;
        private final Tinted tinted;
        private final List<String> tokens = new ArrayList<>();
        private final List<Integer> layers = new ArrayList<>();
        private final Map<Integer, double[]> glyphs = new LinkedHashMap<>();
        private double legendEnd = Double.NaN;

        Drawing(List<Series> all, Tinted tinted) {
            this.all = all;
            this.tinted = tinted;
        }

        Optional<SeriesLayers> layers() {
            assign(tinted.svg());
            if (glyphs.size() < 2) {
                return Optional.empty();
            }
            List<Part> parts = new ArrayList<>();
            List<Integer> order = List.copyOf(glyphs.keySet());
            for (int i = 0; i < order.size(); i++) {
                double[] at = glyphs.get(order.get(i));
                double[] next = i + 1 < order.size() ? glyphs.get(order.get(i + 1)) : null;
                boolean sameRow = next != null && Math.abs(next[1] - at[1]) < HALF_ROW;
                double end = sameRow ? next[0] - MARGIN : legendEnd;
                int own = order.get(i);
                parts.add(new Part(
                        own,
                        all.get(own).getLabel(),
                        picture(layer -> layer == own),
                        at[0] - MARGIN,
                        at[1] - HALF_ROW,
                        end - at[0] + MARGIN,
                        2 * HALF_ROW));
            }
            String below = picture(layer -> layer == BELOW || layer >= 0 && !glyphs.containsKey(layer));
            return Optional.of(new SeriesLayers(below, parts, picture(layer -> layer == ABOVE)));
        }

        /** Says of each element which layer it is in: what is drawn between the marks of a series, in white, is the series' too. */
        private void assign(String svg) {
            Matcher elements = TOKEN.matcher(svg);
            int now = BELOW;
            boolean within = false;
            while (elements.find()) {
                String element = elements.group();
                boolean isLeaf = element.endsWith("/>");
                Integer tag = isLeaf ? Tinted.number(element) : null;
                if (tag != null && tag == 0) {
                    legendEnd = number(element, "x") + number(element, "width");
                    now = ABOVE;
                } else if (tag != null && !Double.isNaN(legendEnd)) {
                    place(element, Tinted.series(tag));
                } else if (tag != null) {
                    now = owner(Tinted.series(tag));
                    within = true;
                } else if (!isLeaf && within) {
                    now = ABOVE;
                    within = false;
                }
                tokens.add(tinted.coloured(element));
                layers.add(isLeaf ? now : null);
            }
        }

        /** The series that the legend names and that this one belongs to, as {@code "a interval"} does to {@code "a"}. */
        private int owner(int one) {
            Series series = all.get(one);
            for (int i = 0; i < all.size() && !series.isShowInLegend(); i++) {
                if (all.get(i).isShowInLegend()
                        && series.getName().startsWith(all.get(i).getName() + " ")) {
                    return i;
                }
            }
            return series.isShowInLegend() ? one : BELOW;
        }

        private static double number(String element, String name) {
            Matcher value = Pattern.compile(" " + name + "=\"(-?[\\d.]+)\"").matcher(element);
            return value.find() ? Double.parseDouble(value.group(1)) : 0;
        }

        /** Keeps the left edge and the middle of what stands for a series in the legend. */
        private void place(String glyph, int one) {
            Matcher path = PATH_BEGIN.matcher(glyph);
            double[] at;
            if (path.find()) {
                at = new double[] {Double.parseDouble(path.group(1)), Double.parseDouble(path.group(2))};
            } else if (glyph.startsWith("<ellipse")) {
                at = new double[] {number(glyph, "cx") - number(glyph, "rx"), number(glyph, "cy")};
            } else if (glyph.startsWith("<line")) {
                at = new double[] {number(glyph, "x1"), number(glyph, "y1")};
            } else {
                at = new double[] {number(glyph, "x"), number(glyph, "y") + number(glyph, "height") / 2};
            }
            glyphs.putIfAbsent(one, at);
        }

        private String picture(IntPredicate isOwn) {
            StringBuilder svg = new StringBuilder();
            for (int i = 0; i < tokens.size(); i++) {
                if (layers.get(i) == null || isOwn.test(layers.get(i))) {
                    svg.append(tokens.get(i));
                }
            }
            return Svg.compact(EMPTY.matcher(svg).replaceAll(""));
        }
    }
}
