package org.parsimony.data;

import java.util.List;

/** Labelled images of one file, as bytes, and the way from bytes to samples. */
record Images(byte[] labels, byte[] pixels) {

    /** The 256 values of a pixel, 0 to 255, scaled to [0, 1]. */
    private static final float[] SCALED = new float[256];

    static {
        for (int i = 0; i < 256; i++) {
            SCALED[i] = i / 255f;
        }
    }

    /** The images from index {@code from} to before {@code to} of all {@code parts} laid end to end. */
    static Samples samples(List<Images> parts, int from, int to, int classes, int... shape) {
        int inputs = parts.get(0).pixels.length / parts.get(0).labels.length;
        float[] features = new float[Math.multiplyExact(to - from, inputs)];
        int[] labels = new int[to - from];
        int start = 0;
        for (Images part : parts) {
            int end = start + part.labels.length;
            int low = Math.max(from, start);
            int high = Math.min(to, end);
            for (int i = low; i < high; i++) {
                labels[i - from] = part.labels[i - start] & 0xff;
                int source = (i - start) * inputs;
                int target = (i - from) * inputs;
                for (int j = 0; j < inputs; j++) {
                    features[target + j] = SCALED[part.pixels[source + j] & 0xff];
                }
            }
            start = end;
        }
        return new Samples(features, labels, classes, shape);
    }
}
