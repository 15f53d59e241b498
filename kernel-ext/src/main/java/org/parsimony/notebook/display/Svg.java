package org.parsimony.notebook.display;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an SVG small enough to live in a notebook: a vector encoder writes sixteen digits where a screen shows three, and
 * repeats the same style on every line.
 */
final class Svg {

    private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{2,}(?![\\deE])");
    private static final Pattern STYLE = Pattern.compile(" style=\"([^\"]*)\"");

    private Svg() {}

    /** The element {@code <svg>} with coordinates to a hundredth of a pixel and each style written once. */
    static String compact(String document) {
        String svg = document.substring(document.indexOf("<svg")).replaceAll(">\\s+<", "><");
        svg = LONG_NUMBER.matcher(svg).replaceAll(number -> shorten(number.group()));
        Map<String, String> classes = new LinkedHashMap<>();
        svg = STYLE.matcher(svg)
                .replaceAll(style -> Matcher.quoteReplacement(
                        " class=\"" + classes.computeIfAbsent(style.group(1), s -> "s" + classes.size()) + "\""));
        StringBuilder sheet = new StringBuilder("<style>");
        classes.forEach((style, name) ->
                sheet.append('.').append(name).append('{').append(style).append('}'));
        int body = svg.indexOf('>') + 1;
        return svg.substring(0, body) + sheet.append("</style>") + svg.substring(body);
    }

    private static String shorten(String number) {
        BigDecimal rounded = new BigDecimal(number).setScale(2, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
