package org.parsimony.notebook.display;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A figure in a page that answers without a kernel, a script or a network: what is under the pointer says what it is, and a
 * click on an entry of the legend hides or shows its series. It is style alone, on boxes to check that lie over the legend.
 */
final class LiveFigure {

    private LiveFigure() {}

    /** The figure as HTML; the plain image where there is nothing to point at or to choose from. */
    static String of(Chart<?, ?> chart) {
        Optional<SeriesLayers> layers = SeriesLayers.of(chart);
        if (layers.isPresent()) {
            return of(chart, layers.get());
        }
        String image = ChartRenderer.html(chart);
        String over = Hover.over(chart);
        return over.isEmpty()
                ? image
                : "<div style=\"position:relative;display:inline-block;max-width:100%\">" + image + over + "</div>";
    }

    private static String of(Chart<?, ?> chart, SeriesLayers layers) {
        String id = "figure-" + UUID.randomUUID().toString().substring(0, 8);
        StringBuilder style = new StringBuilder(STYLE.replace("ID", id));
        StringBuilder images = new StringBuilder(ChartRenderer.image(chart, layers.below()));
        StringBuilder boxes = new StringBuilder();
        for (SeriesLayers.Part part : layers.parts()) {
            style.append("#%1$s:has(.b%2$d:not(:checked)) .o%2$d{display:none}".formatted(id, part.place()));
            images.append(above(part.picture(), " class=\"o" + part.place() + "\"", chart));
            boxes.append(box(part, chart));
        }
        images.append(above(layers.above(), "", chart));
        return "<div id=\"" + id + "\" class=\"parsimony-figure\"><style>" + style + "</style>" + images
                + Hover.over(chart) + boxes + "</div>";
    }

    private static String above(String svg, String name, Chart<?, ?> chart) {
        return "<img alt=\"\"%s width=\"%d\" height=\"%d\" src=\"%s\">"
                .formatted(name, chart.getWidth(), chart.getHeight(), ChartRenderer.source(svg));
    }

    /** A box to check over an entry of the legend. */
    private static String box(SeriesLayers.Part entry, Chart<?, ?> chart) {
        return """
                <label title="hide or show" style="left:%s;top:%s;width:%s;height:%s">\
                <input type="checkbox" class="b%d" checked aria-label="%s"></label>"""
                .formatted(
                        share(entry.x() + 8, chart.getWidth() + 16),
                        share(entry.y() + 10, chart.getHeight() + 20),
                        share(entry.width(), chart.getWidth() + 16),
                        share(entry.height(), chart.getHeight() + 20),
                        entry.place(),
                        Html.escape(entry.label()));
    }

    private static String share(double part, double whole) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * part / whole);
    }

    /** Above the first image, which has the background, the others lie with the same room around them. */
    private static final String STYLE =
            """
            #ID{position:relative;display:inline-block;max-width:100%;line-height:0}\
            #ID>img+img{position:absolute;left:0;top:0;box-sizing:content-box;max-width:calc(100% - 16px);height:auto;\
            margin:2px 0;padding:8px;background:none;pointer-events:none}\
            #ID>label{position:absolute;margin:0;padding:0;border-radius:4px;cursor:pointer}\
            #ID>label:hover{background:rgba(86,180,233,.2)}\
            #ID>label:has(:not(:checked)){background:rgba(255,255,255,.7)}\
            #ID>label:has(:focus-visible){outline:2px solid #e69f00}\
            #ID input{position:absolute;opacity:0;width:1px;height:1px;margin:0}""";
}
