package org.parsimony.crossbar;

import java.util.Arrays;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;

/** Which pixels a window sees at each of its places: images as columns of patches, and back. */
final class Patches {

    private final int area;
    private final int cells;
    private final int places;
    /** {@code [cells × places]}: the pixel of a channel, or −1 in the padding. */
    private final int[] pixels;

    Patches(Layers.Window window, Shape in, Shape out) {
        area = in.area();
        cells = window.height() * window.width();
        places = out.area();
        pixels = new int[cells * places];
        int top = window.before(in.height(), false);
        int left = window.before(in.width(), true);
        int next = 0;
        for (int a = 0; a < window.height(); a++) {
            for (int b = 0; b < window.width(); b++) {
                for (int place = 0; place < places; place++) {
                    int row = place / out.width() * window.stepHeight() - top + a * window.dilationHeight();
                    int col = place % out.width() * window.stepWidth() - left + b * window.dilationWidth();
                    boolean inside = row >= 0 && row < in.height() && col >= 0 && col < in.width();
                    pixels[next++] = inside ? row * in.width() + col : -1;
                }
            }
        }
    }

    int places() {
        return places;
    }

    /** Cells of the window. */
    int cells() {
        return cells;
    }

    /** By channel and place where the largest value under the window stands in an image {@code [channels × area]}. */
    int[] largest(float[] image, int channels) {
        int[] largest = new int[channels * places];
        for (int channel = 0; channel < channels; channel++) {
            int from = channel * area;
            for (int place = 0; place < places; place++) {
                int best = -1;
                float most = Float.NEGATIVE_INFINITY;
                for (int at = place; at < pixels.length; at += places) {
                    int pixel = pixels[at];
                    if (pixel >= 0 && (best < 0 || image[from + pixel] > most)) {
                        best = from + pixel;
                        most = image[best];
                    }
                }
                largest[channel * places + place] = best;
            }
        }
        return largest;
    }

    /** {@code [channels · cells + 1 × places]} of an image {@code [channels × area]}: its patches above a line of ones. */
    float[] columns(float[] image) {
        int channels = image.length / area;
        int rows = channels * cells;
        float[] columns = new float[(rows + 1) * places];
        for (int channel = 0, to = 0; channel < channels; channel++) {
            int from = channel * area;
            for (int pixel : pixels) {
                columns[to++] = pixel < 0 ? 0 : image[from + pixel];
            }
        }
        Arrays.fill(columns, rows * places, columns.length, 1);
        return columns;
    }

    /** The image whose pixels are the sums over the patches that see them. */
    float[] image(float[] columns, int channels) {
        float[] image = new float[channels * area];
        for (int channel = 0, at = 0; channel < channels; channel++) {
            int to = channel * area;
            for (int pixel : pixels) {
                float value = columns[at++];
                if (pixel >= 0) {
                    image[to + pixel] += value;
                }
            }
        }
        return image;
    }

    /** By pixel of a channel the standard deviation of the sum of independent numbers, one a cell, whose variances are by place. */
    float[] spreads(double[] variances) {
        double[] sums = new double[area];
        for (int at = 0, place = 0; at < pixels.length; at++) {
            if (pixels[at] >= 0) {
                sums[pixels[at]] += variances[place];
            }
            place = place + 1 == places ? 0 : place + 1;
        }
        float[] spreads = new float[area];
        for (int pixel = 0; pixel < area; pixel++) {
            spreads[pixel] = (float) Math.sqrt(sums[pixel]);
        }
        return spreads;
    }
}
