package org.parsimony.splitting;

import java.util.stream.IntStream;
import org.parsimony.network.Layers;

/** The windows that a convolution reads, as rows: {@code [samples · positions × channels · height · width]}. */
final class Windows {

    private final Layers.Window window;
    private final int channels;
    private final int height;
    private final int width;

    /** Of images {@code [channels × height × width]}. */
    Windows(Layers.Window window, int channels, int height, int width) {
        this.window = window;
        this.channels = channels;
        this.height = height;
        this.width = width;
    }

    /** Places of an image. */
    int inner() {
        return height * width;
    }

    /** Places of what the convolution makes of it. */
    int positions() {
        return outHeight() * outWidth();
    }

    private int outHeight() {
        return positions(height, window.height(), window.stepHeight(), window.dilationHeight(), top());
    }

    private int outWidth() {
        return positions(width, window.width(), window.stepWidth(), window.dilationWidth(), left());
    }

    private int top() {
        return window.before(height, false);
    }

    private int left() {
        return window.before(width, true);
    }

    /** What the window reads within the image, three numbers each: place in it, position of the window, tap. */
    int[] taps() {
        IntStream.Builder taps = IntStream.builder();
        for (int r = 0; r < outHeight(); r++) {
            for (int c = 0; c < outWidth(); c++) {
                for (int i = 0; i < window.height(); i++) {
                    int y = r * window.stepHeight() - top() + i * window.dilationHeight();
                    for (int k = 0; k < window.width(); k++) {
                        int x = c * window.stepWidth() - left() + k * window.dilationWidth();
                        if (y >= 0 && y < height && x >= 0 && x < width) {
                            taps.add(y * width + x).add(r * outWidth() + c).add(i * window.width() + k);
                        }
                    }
                }
            }
        }
        return taps.build().toArray();
    }

    /**
     * The rows of some samples. Complexity: the size of the result.
     *
     * @param from their images, row-major
     */
    float[] rows(float[] from, int samples) {
        int top = top();
        int left = left();
        int outHeight = outHeight();
        int outWidth = outWidth();
        int length = channels * window.height() * window.width();
        float[] to = new float[Math.multiplyExact(samples * outHeight * outWidth, length)];
        int at = 0;
        for (int n = 0; n < samples; n++) {
            for (int r = 0; r < outHeight; r++) {
                for (int c = 0; c < outWidth; c++) {
                    window(from, n, r * window.stepHeight() - top, c * window.stepWidth() - left, to, at);
                    at += length;
                }
            }
        }
        return to;
    }

    private int positions(int side, int size, int step, int dilation, int before) {
        return window.same() ? (side + step - 1) / step : (side + 2 * before - (size - 1) * dilation - 1) / step + 1;
    }

    private void window(float[] from, int sample, int row, int column, float[] to, int start) {
        int at = start;
        for (int channel = 0; channel < channels; channel++) {
            int plane = (sample * channels + channel) * height * width;
            for (int i = 0; i < window.height(); i++) {
                int y = row + i * window.dilationHeight();
                for (int k = 0; k < window.width(); k++) {
                    int x = column + k * window.dilationWidth();
                    boolean inside = y >= 0 && y < height && x >= 0 && x < width;
                    to[at++] = inside ? from[plane + y * width + x] : 0;
                }
            }
        }
    }
}
