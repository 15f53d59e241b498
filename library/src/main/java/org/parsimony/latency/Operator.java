package org.parsimony.latency;

import java.util.List;

/** What a block of the super-net may compute; each keeps the image's size and ends with batch norm and ReLU. */
public enum Operator {
    /** Each pixel by itself. */
    CONV1("conv1x1", "conv %d 1x1 nobias"),
    /** A 3×3 convolution of each channel, then of each pixel across channels. */
    SEPARABLE3("separable3x3", "depthwise 1 3x3 same nobias", "conv %d 1x1 nobias"),
    /** A 3×3 convolution. */
    CONV3("conv3x3", "conv %d 3x3 same nobias"),
    /** A 5×5 convolution. */
    CONV5("conv5x5", "conv %d 5x5 same nobias");

    private final String text;
    private final List<String> words;

    Operator(String text, String... words) {
        this.text = text;
        this.words = List.of(words);
    }

    /** Its layers before batch norm, for so many channels. */
    List<String> words(int channels) {
        return words.stream().map(each -> String.format(each, channels)).toList();
    }

    /** Its name in tables. */
    public String text() {
        return text;
    }
}
