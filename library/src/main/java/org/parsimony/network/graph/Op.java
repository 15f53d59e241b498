package org.parsimony.network.graph;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.parsimony.base.Require;
import org.parsimony.network.Architecture;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Layers;

/**
 * What one node of a {@link Blueprint} computes, and the words in which it is written: those of {@link Layers}, and
 *
 * <pre>
 * depthwise MULTIPLIER HxW [by HxW] [pad HxW | same] [dilated HxW] [ACTIVATION] [nobias]
 * zeros TOP BOTTOM LEFT RIGHT
 * prelu channel | value
 * linear FACTOR AMOUNT
 * subset FROM TO
 * embedding TOKENS SIZE
 * add | subtract | multiply | average | largest | concat
 * </pre>
 */
public sealed interface Op {

    /** The shape that leaves the node. Throws IllegalArgumentException if {@code in} does not suit it. */
    Shape out(List<Shape> in);

    /** Rows and columns of its weights, as {@link Architecture.Weights} has them; none if it has no weights. */
    default int[] weights(List<Shape> in) {
        return new int[0];
    }

    /** Whether a bias goes with each column of its weights. */
    default boolean biased() {
        return false;
    }

    /** The words that {@link #parse} reads. */
    String text();

    /** A layer of a chain. */
    record Plain(Architecture.Layer layer) implements Op {

        @Override
        public Shape out(List<Shape> in) {
            return layer.out(one(in));
        }

        @Override
        public int[] weights(List<Shape> in) {
            return layer.weights(one(in));
        }

        @Override
        public boolean biased() {
            return layer.biased();
        }

        @Override
        public String text() {
            return layer.text();
        }
    }

    /**
     * A convolution of each channel with kernels of its own. Weights are {@code [height·width × channels·multiplier]}, the
     * kernels of a channel side by side.
     */
    record Depthwise(int multiplier, Layers.Window window, String activation, boolean biased) implements Op {
        public Depthwise {
            Require.between("multiplier", multiplier, 1, 1 << 12);
            Layers.function(activation);
        }

        /** The same window and activation as those of an ordinary convolution. */
        private Layers.Convolution like(int filters) {
            return new Layers.Convolution(filters, window, activation, biased);
        }

        @Override
        public Shape out(List<Shape> in) {
            return like(Math.multiplyExact(one(in).channels(), multiplier)).out(one(in));
        }

        @Override
        public int[] weights(List<Shape> in) {
            return new int[] {window.height() * window.width(), one(in).channels() * multiplier};
        }

        @Override
        public String text() {
            String[] words = like(multiplier).text().split(" ", 2);
            return "depthwise " + words[1];
        }
    }

    /** Zeros around an image. */
    record Zeros(int top, int bottom, int left, int right) implements Op {
        public Zeros {
            for (int side : new int[] {top, bottom, left, right}) {
                Require.between("zeros", side, 0, 1 << 12);
            }
        }

        @Override
        public Shape out(List<Shape> in) {
            Shape shape = one(in);
            Require.that(shape.image(), "zeros are put around images");
            return Shape.of(shape.channels(), shape.height() + top + bottom, shape.width() + left + right);
        }

        @Override
        public String text() {
            return "zeros " + top + " " + bottom + " " + left + " " + right;
        }
    }

    /** Negative values times a slope, one for each channel or for each value; weights are one row. */
    record Slopes(boolean eachChannel) implements Op {

        @Override
        public Shape out(List<Shape> in) {
            return one(in);
        }

        @Override
        public int[] weights(List<Shape> in) {
            return new int[] {1, eachChannel ? one(in).channels() : one(in).size()};
        }

        @Override
        public String text() {
            return "prelu " + (eachChannel ? "channel" : "value");
        }
    }

    /** Every value times a factor, plus an amount. */
    record Linear(double factor, double amount) implements Op {

        @Override
        public Shape out(List<Shape> in) {
            return one(in);
        }

        @Override
        public String text() {
            return "linear " + factor + " " + amount;
        }
    }

    /** Some channels of an image or values of a vector, the last one too. */
    record Subset(int from, int to) implements Op {
        public Subset {
            Require.between("first of a subset", from, 0, Integer.MAX_VALUE);
            Require.that(to >= from, "subset ends at %d before it begins at %d", to, from);
        }

        @Override
        public Shape out(List<Shape> in) {
            Shape shape = one(in);
            Require.that(to < shape.channels(), "there are %d channels, but it takes up to %d", shape.channels(), to);
            return new Shape(shape.image(), to - from + 1, shape.height(), shape.width());
        }

        @Override
        public String text() {
            return "subset " + from + " " + to;
        }
    }

    /**
     * A text as an image of one column: each token's number becomes its row of the weights, a token's value a channel. Weights
     * are {@code [tokens × size]}.
     *
     * @param tokens how many there are; numbers go from 0 to one less
     * @param size values for each
     */
    record Embedding(int tokens, int size) implements Op {
        public Embedding {
            Require.between("tokens of an embedding", tokens, 1, 1 << 24);
            Require.between("values of a token", size, 1, 1 << 16);
        }

        @Override
        public Shape out(List<Shape> in) {
            Require.that(!one(in).image(), "an embedding takes vectors of tokens");
            return Shape.of(size, in.get(0).size(), 1);
        }

        @Override
        public int[] weights(List<Shape> in) {
            return new int[] {tokens, size};
        }

        @Override
        public String text() {
            return "embedding " + tokens + " " + size;
        }
    }

    /** Several signals as one. */
    enum Join implements Op {
        ADD,
        SUBTRACT,
        MULTIPLY,
        AVERAGE,
        LARGEST,
        CONCAT;

        @Override
        public Shape out(List<Shape> in) {
            Require.that(in.size() >= 2, "%s takes at least two inputs", text());
            Shape first = in.get(0);
            if (this == CONCAT) {
                int channels = 0;
                for (Shape shape : in) {
                    Require.that(
                            shape.image() == first.image()
                                    && shape.height() == first.height()
                                    && shape.width() == first.width(),
                            "its inputs have shapes %s",
                            in);
                    channels = Math.addExact(channels, shape.channels());
                }
                return new Shape(first.image(), channels, first.height(), first.width());
            }
            Require.that(this != SUBTRACT || in.size() == 2, "subtract takes two inputs");
            int channels = in.stream().mapToInt(Shape::channels).max().orElseThrow();
            int height = in.stream().mapToInt(Shape::height).max().orElseThrow();
            int width = in.stream().mapToInt(Shape::width).max().orElseThrow();
            for (Shape shape : in) {
                boolean spread = shape.height() == 1 && shape.width() == 1;
                Require.that(
                        shape.image() == first.image()
                                && (shape.channels() == channels || shape.channels() == 1)
                                && (shape.height() == height && shape.width() == width || spread),
                        "its inputs have shapes %s",
                        in);
            }
            return new Shape(first.image(), channels, height, width);
        }

        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static Shape one(List<Shape> in) {
        Require.that(in.size() == 1, "it has %d inputs, but takes one", in.size());
        return in.get(0);
    }

    /** What {@link #text} wrote. Throws IllegalArgumentException if it is nothing that this version knows. */
    static Op parse(String text) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(text.split(" ")));
        try {
            String kind = words.removeFirst();
            Op op =
                    switch (kind) {
                        case "depthwise" -> {
                            Layers.Convolution like =
                                    (Layers.Convolution) Layers.parse("conv " + text.substring(kind.length() + 1));
                            words.clear();
                            yield new Depthwise(like.filters(), like.window(), like.activation(), like.biased());
                        }
                        case "zeros" -> new Zeros(whole(words), whole(words), whole(words), whole(words));
                        case "prelu" -> {
                            String each = words.removeFirst();
                            Require.that(
                                    each.equals("channel") || each.equals("value"),
                                    "\"%s\" is neither channel nor value",
                                    each);
                            yield new Slopes(each.equals("channel"));
                        }
                        case "linear" ->
                            new Linear(
                                    Double.parseDouble(words.removeFirst()), Double.parseDouble(words.removeFirst()));
                        case "subset" -> new Subset(whole(words), whole(words));
                        case "embedding" -> new Embedding(whole(words), whole(words));
                        case "add", "subtract", "multiply", "average", "largest", "concat" ->
                            Join.valueOf(kind.toUpperCase(Locale.ROOT));
                        default -> {
                            words.clear();
                            yield new Plain(Layers.parse(text));
                        }
                    };
            Require.that(words.isEmpty(), "\"%s\" is too much in it", String.join(" ", words));
            return op;
        } catch (NoSuchElementException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + (text.length() > 64 ? text.substring(0, 64) + "…" : text)
                            + "\" is nothing that this version computes: " + e.getMessage(),
                    e);
        }
    }

    private static int whole(Deque<String> words) {
        return Integer.parseInt(words.removeFirst());
    }
}
