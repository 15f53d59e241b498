package org.parsimony.network;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.parsimony.base.Require;

/**
 * What a network computes, without its weights: the shape of a sample and the layers in order, flattening among them. It
 * says nothing of training: optimiser, penalties, dropout inside a layer; the loss is the one that goes with the last
 * activation.
 *
 * <p>As JSON it is short, a line of words for each layer: {@code {"input":[1,28,28],"layers":["conv 20 5x5 relu",
 * "max 2x2 by 2x2","flatten","dense 500 relu","dense 10 softmax"]}}. {@link Layers} has the words.
 *
 * @param input shape of a sample
 * @param layers in order; the last is dense or an activation
 */
public record Architecture(Shape input, List<Layer> layers) {

    private static final int MOST_LAYERS = 10_000;

    /**
     * What passes between layers: vectors, or images in the order channels, height, width.
     *
     * @param image whether height and width mean something; both are 1 if not
     * @param channels of an image, or the length of a vector
     */
    public record Shape(boolean image, int channels, int height, int width) {

        private static final long LARGEST = 1 << 28;

        public Shape {
            boolean possible = channels >= 1 && height >= 1 && width >= 1;
            Require.that(
                    possible
                            && Math.multiplyHigh(channels, (long) height * width) == 0
                            && (long) height * width * channels <= LARGEST
                            && (long) height * width <= LARGEST,
                    "shape is %d × %d × %d, but every side must be at least 1 and all of it at most 2^28 values",
                    channels,
                    height,
                    width);
        }

        /** {@code {inputs}} or {@code {channels, height, width}}. */
        public static Shape of(int... shape) {
            Require.that(
                    shape.length == 1 || shape.length == 3,
                    "shape is %s, but must be [inputs] or [channels, height, width]",
                    Arrays.toString(shape));
            return shape.length == 1 ? new Shape(false, shape[0], 1, 1) : new Shape(true, shape[0], shape[1], shape[2]);
        }

        /** Values. */
        public int size() {
            return channels * height * width;
        }

        /** Pixels of a channel. */
        public int area() {
            return height * width;
        }

        /** {@code {inputs}} or {@code {channels, height, width}}. */
        public int[] toArray() {
            return image ? new int[] {channels, height, width} : new int[] {channels};
        }

        @Override
        public String toString() {
            return image ? channels + " × " + height + " × " + width : "" + channels;
        }
    }

    /** A step from one shape to the next. */
    public sealed interface Layer
            permits Layers.Dense,
                    Layers.Convolution,
                    Layers.Pooling,
                    Layers.Flatten,
                    Layers.BatchNorm,
                    Layers.Activate,
                    Layers.Dropout {

        /** The shape that leaves the layer. Throws IllegalArgumentException if {@code in} does not suit it. */
        Shape out(Shape in);

        /** Rows and columns of its weights for this input, as {@link Weights} says; none if it has no weights. */
        default int[] weights(Shape in) {
            return new int[0];
        }

        /** Whether a bias goes with each column of its weights. */
        default boolean biased() {
            return false;
        }

        /** The words that {@link Layers#parse} reads. */
        String text();
    }

    /**
     * The parameters of one layer.
     *
     * @param rows inputs of a dense layer; of a convolution channels · height · width of its kernels, in this order; for
     *     batch norm 4: scale, shift, mean, variance (or its logarithm)
     * @param cols units, filters, or channels
     * @param values {@code [rows × cols]}, row-major
     * @param bias one for each column, or none
     */
    public record Weights(int rows, int cols, float[] values, float[] bias) {

        public Weights {
            Require.that(
                    (long) rows * cols == values.length && (bias.length == 0 || bias.length == cols),
                    "weights are %d × %d, but %d values and %d biases are given",
                    rows,
                    cols,
                    values.length,
                    bias.length);
        }
    }

    public Architecture {
        layers = List.copyOf(layers);
        Require.between("number of layers", layers.size(), 1, MOST_LAYERS);
        shapes(input, layers);
        Layer last = layers.get(layers.size() - 1);
        Require.that(
                last instanceof Layers.Dense || last instanceof Layers.Activate,
                "the last layer is \"%s\", but must be dense or an activation",
                last.text());
    }

    /**
     * Shapes before each layer and after the last.
     *
     * @param in of a sample; images may be larger than {@link #input} where no flattening fixes their size
     * @throws IllegalArgumentException if a layer cannot take what reaches it
     */
    public List<Shape> shapes(Shape in) {
        return shapes(in, layers);
    }

    private static List<Shape> shapes(Shape in, List<Layer> layers) {
        List<Shape> shapes = new ArrayList<>(List.of(in));
        for (int l = 0; l < layers.size(); l++) {
            try {
                shapes.add(layers.get(l).out(shapes.get(l)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "layer " + (l + 1) + ", \"" + layers.get(l).text() + "\", cannot take " + shapes.get(l) + ": "
                                + e.getMessage(),
                        e);
            }
        }
        return shapes;
    }

    /** Outputs. */
    public int outputs() {
        return shapes(input).get(layers.size()).size();
    }

    /** The architecture of a network; the images of a convolution are the smallest that give what its layers state. */
    public static Architecture of(Model model) {
        return Networks.architecture(model.network());
    }

    /** The parameters of {@code model}, which has this architecture: an entry for each layer that has some. */
    public List<Weights> weights(Model model) {
        return Networks.weights(this, model.network());
    }

    /** A network of this architecture with these parameters, ready for Adam with learning rate 0.001. */
    public Model model(List<Weights> weights) {
        return new Model(Networks.network(this, weights));
    }

    /** JSON without spaces but those of the layers' words. */
    public String toJson() {
        JsonObject json = new JsonObject();
        JsonArray shape = new JsonArray();
        Arrays.stream(input.toArray()).forEach(shape::add);
        json.add("input", shape);
        JsonArray list = new JsonArray();
        layers.forEach(layer -> list.add(layer.text()));
        json.add("layers", list);
        return json.toString();
    }

    /**
     * Reads {@link #toJson()}.
     *
     * @throws IllegalArgumentException if it is something else, has an unknown layer, or layers that do not fit
     */
    public static Architecture parse(String json) {
        try {
            JsonObject object = JsonParser.parseString(json).getAsJsonObject();
            JsonArray list = object.getAsJsonArray("layers");
            Require.between("number of layers", list.size(), 1, MOST_LAYERS);
            int[] shape = object.getAsJsonArray("input").asList().stream()
                    .mapToInt(JsonElement::getAsInt)
                    .toArray();
            List<Layer> layers = new ArrayList<>();
            for (JsonElement layer : list) {
                layers.add(Layers.parse(layer.getAsString()));
            }
            return new Architecture(Shape.of(shape), layers);
        } catch (JsonParseException
                | IllegalStateException
                | ClassCastException
                | NullPointerException
                | NumberFormatException
                | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "architecture is no JSON such as {\"input\":[784],\"layers\":[\"dense 10 softmax\"]}: "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public String toString() {
        return input + ": " + String.join(", ", layers.stream().map(Layer::text).toList());
    }
}
