package org.parsimony.network;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture.Layer;
import org.parsimony.network.Architecture.Shape;

/**
 * The layers of an {@link Architecture}, and the words in which they are written:
 *
 * <pre>
 * dense UNITS [ACTIVATION] [nobias]
 * conv FILTERS HxW [by HxW] [pad HxW | same] [dilated HxW] [ACTIVATION] [nobias]
 * max | avg HxW [by HxW] [pad HxW | same] [dilated HxW] [counted]
 * flatten
 * batchnorm EPSILON DECAY [log]
 * activation ACTIVATION
 * dropout RATE
 * </pre>
 *
 * <p>Left out are identity, steps {@code by 1x1}, {@code pad 0x0}. Activations are Deeplearning4j's names in lower case,
 * {@code leakyrelu=SLOPE} and {@code elu=ALPHA} with their parameter where it is not the usual one.
 */
public final class Layers {

    private static final List<Activation> PLAIN = List.of(
            Activation.IDENTITY,
            Activation.RELU,
            Activation.SOFTMAX,
            Activation.SIGMOID,
            Activation.TANH,
            Activation.RELU6,
            Activation.LEAKYRELU,
            Activation.ELU,
            Activation.SELU,
            Activation.SWISH,
            Activation.SOFTPLUS,
            Activation.SOFTSIGN,
            Activation.HARDSIGMOID,
            Activation.HARDTANH);
    /** The function that leaves every value as it is. */
    public static final String IDENTITY = "identity";

    private static final int LONGEST_WORD = 64;

    private Layers() {}

    /** Every unit reads every input: {@code activation(xW + b)}. */
    public record Dense(int units, String activation, boolean biased) implements Layer {
        public Dense {
            Require.atLeast("units", units, 1);
            function(activation);
        }

        @Override
        public Shape out(Shape in) {
            Require.that(!in.image(), "a dense layer takes vectors; flatten the images before it");
            return Shape.of(units);
        }

        @Override
        public int[] weights(Shape in) {
            return new int[] {in.size(), units};
        }

        @Override
        public String text() {
            return "dense " + units + tail(activation, biased);
        }
    }

    /** Cross-correlation with kernels {@code [filters × channels × height × width]}, then the activation. */
    public record Convolution(int filters, Window window, String activation, boolean biased) implements Layer {
        public Convolution {
            Require.atLeast("filters", filters, 1);
            function(activation);
        }

        @Override
        public Shape out(Shape in) {
            Require.that(in.image(), "a convolution takes images");
            return window.out(in, filters);
        }

        @Override
        public int[] weights(Shape in) {
            return new int[] {Math.multiplyExact(in.channels(), window.height() * window.width()), filters};
        }

        @Override
        public String text() {
            return "conv " + filters + " " + window.text() + tail(activation, biased);
        }
    }

    /**
     * Largest or mean value of each window, channel by channel.
     *
     * @param counted whether padding counts in the mean
     */
    public record Pooling(boolean max, Window window, boolean counted) implements Layer {

        @Override
        public Shape out(Shape in) {
            Require.that(in.image(), "pooling takes images");
            return window.out(in, in.channels());
        }

        @Override
        public String text() {
            return (max ? "max " : "avg ") + window.text() + (counted ? " counted" : "");
        }
    }

    /** Images as vectors, channel by channel, row by row. */
    public record Flatten() implements Layer {

        @Override
        public Shape out(Shape in) {
            return Shape.of(in.size());
        }

        @Override
        public String text() {
            return "flatten";
        }
    }

    /**
     * Batch norm with its running statistics.
     *
     * @param epsilon added to the variance
     * @param decay of the running statistics in training
     * @param logarithm whether the last row of its weights is log₁₀ of the standard deviation, not the variance
     */
    public record BatchNorm(double epsilon, double decay, boolean logarithm) implements Layer {
        public BatchNorm {
            Require.between("epsilon", epsilon, 0, 1);
            Require.between("decay", decay, 0, 1);
        }

        @Override
        public Shape out(Shape in) {
            return in;
        }

        @Override
        public int[] weights(Shape in) {
            return new int[] {4, in.channels()};
        }

        @Override
        public String text() {
            return "batchnorm " + number(epsilon) + " " + number(decay) + (logarithm ? " log" : "");
        }
    }

    /** A function of each value; soft-max of each vector. */
    public record Activate(String activation) implements Layer {
        public Activate {
            function(activation);
        }

        @Override
        public Shape out(Shape in) {
            Require.that(!activation.equals("softmax") || !in.image(), "soft-max takes vectors; flatten before it");
            return in;
        }

        @Override
        public String text() {
            return "activation " + activation;
        }
    }

    /** Sets a share {@code rate} of the values to zero in training; does nothing else. */
    public record Dropout(double rate) implements Layer {
        public Dropout {
            Require.that(rate >= 0 && rate < 1, "rate of dropout is %s, but must lie in [0, 1)", rate);
        }

        @Override
        public Shape out(Shape in) {
            return in;
        }

        @Override
        public String text() {
            return "dropout " + number(rate);
        }
    }

    /**
     * The window of a convolution or of pooling; each pair is height and width.
     *
     * @param same whether zeros are put around so that there is a window for every step; {@code pad} is 0 then
     */
    public record Window(
            int height,
            int width,
            int stepHeight,
            int stepWidth,
            int padHeight,
            int padWidth,
            int dilationHeight,
            int dilationWidth,
            boolean same) {

        private static final int LARGEST = 1 << 12;

        public Window {
            for (int side : new int[] {height, width, stepHeight, stepWidth, dilationHeight, dilationWidth}) {
                Require.between("side, step or dilation of a window", side, 1, LARGEST);
            }
            Require.between("padding", padHeight, 0, LARGEST);
            Require.between("padding", padWidth, 0, LARGEST);
        }

        /** Without dilation. */
        public static Window of(int[] size, int[] step, boolean same) {
            return new Window(size[0], size[1], step[0], step[1], 0, 0, 1, 1, same);
        }

        /** Zeros above the image; those to its left with {@code horizontal}. */
        public int before(int side, boolean horizontal) {
            int size = horizontal ? width : height;
            int step = horizontal ? stepWidth : stepHeight;
            int dilation = horizontal ? dilationWidth : dilationHeight;
            int reach = (size - 1) * dilation + 1;
            if (same) {
                return Math.max(0, ((side + step - 1) / step - 1) * step + reach - side) / 2;
            }
            return horizontal ? padWidth : padHeight;
        }

        Shape out(Shape in, int channels) {
            return new Shape(
                    true,
                    channels,
                    places(in.height(), height, stepHeight, padHeight, dilationHeight),
                    places(in.width(), width, stepWidth, padWidth, dilationWidth));
        }

        /** The smallest image side that gives {@code out} windows. */
        int smallest(int out, boolean horizontal) {
            int size = horizontal ? width : height;
            int step = horizontal ? stepWidth : stepHeight;
            int reach = (size - 1) * (horizontal ? dilationWidth : dilationHeight) + 1;
            int pad = horizontal ? padWidth : padHeight;
            return Math.max(1, (out - 1) * step + (same ? 1 : reach - 2 * pad));
        }

        private int places(int side, int size, int step, int pad, int dilation) {
            if (same) {
                return (side + step - 1) / step;
            }
            int room = side + 2 * pad - (size - 1) * dilation - 1;
            Require.that(room >= 0, "the window is larger than the image");
            return room / step + 1;
        }

        String text() {
            return pair(height, width)
                    + (stepHeight == 1 && stepWidth == 1 ? "" : " by " + pair(stepHeight, stepWidth))
                    + (padHeight == 0 && padWidth == 0 ? "" : " pad " + pair(padHeight, padWidth))
                    + (dilationHeight == 1 && dilationWidth == 1
                            ? ""
                            : " dilated " + pair(dilationHeight, dilationWidth))
                    + (same ? " same" : "");
        }
    }

    /** The layer that {@link Layer#text} wrote. Throws IllegalArgumentException if it is none. */
    public static Layer parse(String text) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(text.split(" ")));
        try {
            Layer layer = layer(words);
            Require.that(words.isEmpty(), "\"%s\" is too much in it", String.join(" ", words));
            return layer;
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            String shown = text.length() > LONGEST_WORD ? text.substring(0, LONGEST_WORD) + "…" : text;
            throw new IllegalArgumentException(
                    "layer \"" + shown + "\" is none that this version knows: " + e.getMessage(), e);
        }
    }

    private static Layer layer(Deque<String> words) {
        String kind = words.removeFirst();
        return switch (kind) {
            case "dense" -> new Dense(Integer.parseInt(words.removeFirst()), activation(words), !flag(words, "nobias"));
            case "conv" ->
                new Convolution(
                        Integer.parseInt(words.removeFirst()),
                        window(words),
                        activation(words),
                        !flag(words, "nobias"));
            case "max", "avg" -> new Pooling(kind.equals("max"), window(words), flag(words, "counted"));
            case "flatten" -> new Flatten();
            case "batchnorm" ->
                new BatchNorm(
                        Double.parseDouble(words.removeFirst()),
                        Double.parseDouble(words.removeFirst()),
                        flag(words, "log"));
            case "activation" -> new Activate(words.removeFirst());
            case "dropout" -> new Dropout(Double.parseDouble(words.removeFirst()));
            default ->
                throw new IllegalArgumentException(
                        "it must begin with dense, conv, max, avg, flatten, batchnorm, activation or dropout");
        };
    }

    private static Window window(Deque<String> words) {
        int[] size = pair(words.removeFirst());
        int[] step = flag(words, "by") ? pair(words.removeFirst()) : new int[] {1, 1};
        int[] pad = flag(words, "pad") ? pair(words.removeFirst()) : new int[] {0, 0};
        int[] dilation = flag(words, "dilated") ? pair(words.removeFirst()) : new int[] {1, 1};
        return new Window(
                size[0], size[1], step[0], step[1], pad[0], pad[1], dilation[0], dilation[1], flag(words, "same"));
    }

    private static int[] pair(String word) {
        String[] sides = word.split("x");
        Require.that(sides.length == 2, "\"%s\" must be height and width as in 5x5", word);
        return new int[] {Integer.parseInt(sides[0]), Integer.parseInt(sides[1])};
    }

    private static String pair(int height, int width) {
        return height + "x" + width;
    }

    private static boolean flag(Deque<String> words, String flag) {
        return flag.equals(words.peekFirst()) && words.removeFirst() != null;
    }

    private static String activation(Deque<String> words) {
        return words.isEmpty() || words.peekFirst().equals("nobias") ? IDENTITY : words.removeFirst();
    }

    private static String tail(String activation, boolean biased) {
        return (activation.equals(IDENTITY) ? "" : " " + activation) + (biased ? "" : " nobias");
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** The function of this name. Throws IllegalArgumentException if there is none. */
    public static IActivation function(String name) {
        for (Activation plain : PLAIN) {
            if (plain.name().toLowerCase(Locale.ROOT).equals(name)) {
                return plain.getActivationFunction();
            }
        }
        if (name.startsWith("leakyrelu=")) {
            return new ActivationLReLU(Double.parseDouble(name.substring(10)));
        }
        if (name.startsWith("elu=")) {
            return new ActivationELU(Double.parseDouble(name.substring(4)));
        }
        throw new IllegalArgumentException("activation \"" + name + "\" is not known; there are "
                + PLAIN.toString().toLowerCase(Locale.ROOT) + ", leakyrelu=SLOPE and elu=ALPHA");
    }

    /** The name of a function, or null if it has none here. */
    static String name(IActivation function) {
        for (Activation plain : PLAIN) {
            if (plain.getActivationFunction().equals(function)) {
                return plain.name().toLowerCase(Locale.ROOT);
            }
        }
        if (function.getClass() == ActivationLReLU.class) {
            return "leakyrelu=" + ((ActivationLReLU) function).getAlpha();
        }
        return function.getClass() == ActivationELU.class ? "elu=" + ((ActivationELU) function).getAlpha() : null;
    }
}
