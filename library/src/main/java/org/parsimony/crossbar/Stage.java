package org.parsimony.crossbar;

/** A step of one sample through a network on arrays. It keeps nothing of the sample. */
interface Stage {

    /** How arrays are read on the way, what is drawn on it, and how many reads were cut off. */
    final class Way {
        final Periphery periphery;
        final Draws draws;
        int saturated;

        Way(Periphery periphery, Draws draws) {
            this.periphery = periphery;
            this.draws = draws;
        }
    }

    /** What leaves the stage. */
    float[] forward(float[] x, Way way);

    /**
     * How the loss falls with what went into the stage; an array learns on the way, after it was read.
     *
     * @param x what went in
     * @param y what left
     * @param d how the loss falls with {@code y}
     * @return null from the first array, whose inputs nobody asks about
     */
    float[] backward(float[] x, float[] y, float[] d, Way way);

    /** A dense layer or convolution without its function. */
    final class Connections implements Stage {

        private final CrossArray array;
        /** Null for a dense layer. */
        private final Patches patches;

        private final boolean first;
        private final Pulses pulses;

        Connections(CrossArray array, Patches patches, boolean first, Pulses pulses) {
            this.array = array;
            this.patches = patches;
            this.first = first;
            this.pulses = pulses;
        }

        CrossArray array() {
            return array;
        }

        private int places() {
            return patches == null ? 1 : patches.places();
        }

        private float[] columns(float[] x) {
            if (patches != null) {
                return patches.columns(x);
            }
            float[] biased = java.util.Arrays.copyOf(x, x.length + 1);
            biased[x.length] = 1;
            return biased;
        }

        @Override
        public float[] forward(float[] x, Way way) {
            float[] y = new float[array.outputs() * places()];
            way.saturated += way.periphery.forward(array, columns(x), places(), y, way.draws);
            return y;
        }

        private float[] errors(float[] d, Way way) {
            float[] z = new float[(array.inputs() - 1) * places()];
            if (patches == null) {
                way.periphery.backward(array, d, 1, z, way.draws);
                return z;
            }
            int channels = (array.inputs() - 1) / patches.cells();
            double[] variances = way.periphery.backwardApart(array, d, places(), z);
            if (variances == null) {
                way.periphery.backward(array, d, places(), z, way.draws);
                return patches.image(z, channels);
            }
            // patches that see a pixel are added up, and so are their variances: one draw a pixel instead of one a read
            float[] image = patches.image(z, channels);
            float[] spreads = patches.spreads(variances);
            for (int at = 0, pixel = 0; at < image.length; at++) {
                image[at] += spreads[pixel] == 0 ? 0 : spreads[pixel] * way.draws.gaussian();
                pixel = pixel + 1 == spreads.length ? 0 : pixel + 1;
            }
            return image;
        }

        @Override
        public float[] backward(float[] x, float[] y, float[] d, Way way) {
            float[] before = null;
            if (!first) {
                before = errors(d, way);
            }
            if (array.isIdeal()) {
                array.add((float) pulses.rate(), columns(x), d, places());
            } else {
                pulses.update(array, columns(x), d, places(), way.draws);
            }
            return before;
        }
    }

    /** A function of each value. */
    record Function(Kind kind) implements Stage {

        /** Functions whose slope is one of their value. */
        enum Kind {
            TANH,
            RELU,
            SIGMOID
        }

        @Override
        public float[] forward(float[] x, Way way) {
            float[] y = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                y[i] = switch (kind) {
                    case TANH -> (float) (1 - 2 / (Math.exp(2.0 * x[i]) + 1));
                    case RELU -> Math.max(0, x[i]);
                    case SIGMOID -> (float) (1 / (1 + Math.exp(-x[i])));
                };
            }
            return y;
        }

        @Override
        public float[] backward(float[] x, float[] y, float[] d, Way way) {
            float[] before = new float[d.length];
            for (int i = 0; i < d.length; i++) {
                before[i] = d[i]
                        * switch (kind) {
                            case TANH -> 1 - y[i] * y[i];
                            case RELU -> x[i] > 0 ? 1 : 0;
                            case SIGMOID -> y[i] * (1 - y[i]);
                        };
            }
            return before;
        }
    }

    /** The largest value under a window, channel by channel. */
    record Pooling(Patches patches, int channels) implements Stage {

        @Override
        public float[] forward(float[] x, Way way) {
            int[] largest = patches.largest(x, channels);
            float[] y = new float[largest.length];
            for (int at = 0; at < y.length; at++) {
                y[at] = x[largest[at]];
            }
            return y;
        }

        @Override
        public float[] backward(float[] x, float[] y, float[] d, Way way) {
            int[] largest = patches.largest(x, channels);
            float[] before = new float[x.length];
            for (int at = 0; at < d.length; at++) {
                before[largest[at]] += d[at];
            }
            return before;
        }
    }
}
