package org.parsimony.network.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values side by side that stand or fall together: a channel, or its pixels once an image is flattened.
 *
 * @param unit they belong to
 * @param width how many there are
 */
record Span(int unit, int width) {

    /** Values of all spans. */
    static int total(List<Span> spans) {
        return spans.stream().mapToInt(Span::width).sum();
    }

    /** The unit of each value. */
    static int[] units(List<Span> spans) {
        int[] units = new int[total(spans)];
        int at = 0;
        for (Span span : spans) {
            Arrays.fill(units, at, at += span.width(), span.unit());
        }
        return units;
    }

    /**
     * What to take for the new values, in order.
     *
     * @param source places among the old values
     * @param factor on what is read from each
     * @param spans the new values' spans
     */
    record Choice(int[] source, double[] factor, List<Span> spans) {}

    /**
     * The values that are left once units are copied, left out and put in order: units that are not touched stay where
     * they are, and each stretch of touched ones becomes what {@code order} makes of it.
     *
     * @param order of the touched units, each as often as it is copied, with its shares
     * @param touched units whose fate {@code order} tells
     */
    static Choice arrange(List<Span> spans, List<Share> order, java.util.Set<Integer> touched) {
        int[] start = new int[spans.size()];
        for (int i = 1; i < start.length; i++) {
            start[i] = start[i - 1] + spans.get(i - 1).width();
        }
        List<Integer> source = new ArrayList<>();
        List<Double> factor = new ArrayList<>();
        List<Span> left = new ArrayList<>();
        int i = 0;
        while (i < spans.size()) {
            Map<Integer, Integer> stretch = new HashMap<>();
            int end = i;
            while (end < spans.size()
                    && touched.contains(spans.get(end).unit())
                    && stretch.putIfAbsent(spans.get(end).unit(), end) == null) {
                end++;
            }
            if (end == i) {
                take(spans.get(i), start[i], 1, source, factor, left);
                i++;
                continue;
            }
            for (Share share : order) {
                Integer place = stretch.get(share.unit());
                if (place != null) {
                    take(spans.get(place), start[place], share.factor(), source, factor, left);
                }
            }
            i = end;
        }
        return new Choice(
                source.stream().mapToInt(Integer::intValue).toArray(),
                factor.stream().mapToDouble(Double::doubleValue).toArray(),
                left);
    }

    private static void take(
            Span span, int start, double share, List<Integer> source, List<Double> factor, List<Span> left) {
        for (int k = 0; k < span.width(); k++) {
            source.add(start + k);
            factor.add(share);
        }
        left.add(span);
    }

    /** A copy of a unit and the factor on what is read from it. */
    record Share(int unit, double factor) {}
}
