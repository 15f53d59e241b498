package org.parsimony.network.texts;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.parsimony.network.texts.Sgemm.Turned;

/**
 * One branch, forward and backward for each distinct sequence of a batch. Exact savings: the first convolution of
 * embedded tokens is a sum of rows of a table [tap][token], made once a batch; behind the last letter all windows hold
 * padding only, so one of them stands for all; and the gradient of the global maximum reaches one window a filter, so that
 * below it only touched rows count.
 *
 * <p>Sequences are shared between {@value #LANES} lanes by their number, whose gradients are added in order: the result
 * does not depend on the number of threads.
 */
final class Branch {

    private static final int LANES = 2;

    final TextPlan.Text text;
    final int embedding;
    final int taps;
    /** Filters of the three convolutions. */
    final int[] filters;

    /** {@code [tokens × embedding]}. */
    final float[] embed;
    /** {@code [tap × below × filters]}, each. */
    final float[][] weights = new float[3][];

    final float[][] biases = new float[3][];
    final float[] embedGradient;
    final float[][] weightGradients = new float[3][];
    final float[][] biasGradients = new float[3][];

    /** {@code [tap × token × filters]} of the first convolution. */
    private final float[] table;
    /** The third convolution's weights {@code [filter × (tap, below)]}. */
    private final float[] turned;

    private final FloatPointer second;
    private final FloatPointer third;
    private final Lane[] lanes = new Lane[LANES];
    private Slot[] slots = new Slot[0];

    Branch(TextPlan.Text text) {
        this.text = text;
        embedding = text.embedding();
        taps = text.kernel();
        filters = text.filters().stream().mapToInt(Integer::intValue).toArray();
        embed = new float[text.tokens() * embedding];
        embedGradient = new float[embed.length];
        int below = embedding;
        for (int l = 0; l < 3; l++) {
            weights[l] = new float[taps * below * filters[l]];
            biases[l] = new float[filters[l]];
            weightGradients[l] = new float[weights[l].length];
            biasGradients[l] = new float[biases[l].length];
            below = filters[l];
        }
        table = new float[taps * text.tokens() * filters[0]];
        turned = new float[weights[2].length];
        second = new FloatPointer(weights[1].length);
        third = new FloatPointer(weights[2].length);
        Arrays.setAll(lanes, lane -> new Lane());
    }

    int features() {
        return filters[2];
    }

    /** Bytes of what it holds for texts, and of both lanes. */
    long bytes() {
        long values = 0;
        for (Slot slot : slots) {
            values += slot.one.length + slot.two.length + slot.winner.length + slot.features.length;
        }
        for (Lane lane : lanes) {
            values += lane.values();
        }
        return Float.BYTES * values;
    }

    /** Frees the memory outside the heap. */
    void close() {
        second.close();
        third.close();
        for (Lane lane : lanes) {
            lane.close();
        }
    }

    /** To be called when the weights have changed, before {@link #forward}. */
    void refresh() {
        int f = filters[0];
        int tokens = text.tokens();
        for (int tap = 0; tap < taps; tap++) {
            float[] kernel = Arrays.copyOfRange(weights[0], tap * embedding * f, (tap + 1) * embedding * f);
            float[] part = new float[tokens * f];
            Sgemm.multiply(Turned.NONE, tokens, f, embedding, embed, kernel, 0, part);
            System.arraycopy(part, 0, table, tap * tokens * f, part.length);
        }
        second.put(weights[1]);
        third.put(weights[2]);
        int inner = taps * filters[1];
        for (int j = 0; j < inner; j++) {
            for (int filter = 0; filter < filters[2]; filter++) {
                turned[filter * inner + j] = weights[2][j * filters[2] + filter];
            }
        }
    }

    /** Features {@code [sequences × features]} of sequences, each of the branch's length. */
    float[] forward(int[][] sequences) {
        if (slots.length < sequences.length) {
            int had = slots.length;
            slots = Arrays.copyOf(slots, sequences.length);
            for (int i = had; i < slots.length; i++) {
                slots[i] = new Slot(text.length() - taps + 1, text.length() - 2 * taps + 2, filters);
            }
        }
        float[] features = new float[sequences.length * features()];
        IntStream.range(0, LANES).parallel().forEach(lane -> {
            for (int i = lane; i < sequences.length; i += LANES) {
                lanes[lane].forward(sequences[i], slots[i]);
                System.arraycopy(slots[i].features, 0, features, i * features(), features());
            }
        });
        return features;
    }

    /** Gradients of the weights, from those of the features {@link #forward} gave. */
    void backward(float[] gradient) {
        int n = gradient.length / features();
        IntStream.range(0, LANES).parallel().forEach(lane -> {
            lanes[lane].clear();
            for (int i = lane; i < n; i += LANES) {
                lanes[lane].backward(slots[i], gradient, i * features());
            }
            lanes[lane].weight2.get(lanes[lane].weight2Sum);
        });
        float[] tableSum = sum(lanes[0].table, lanes[1].table);
        float[] turnedSum = sum(lanes[0].turned, lanes[1].turned);
        System.arraycopy(
                sum(lanes[0].weight2Sum, lanes[1].weight2Sum), 0, weightGradients[1], 0, weightGradients[1].length);
        for (int l = 0; l < 3; l++) {
            System.arraycopy(
                    sum(lanes[0].biases[l], lanes[1].biases[l]), 0, biasGradients[l], 0, biasGradients[l].length);
        }
        int inner = taps * filters[1];
        for (int j = 0; j < inner; j++) {
            for (int filter = 0; filter < filters[2]; filter++) {
                weightGradients[2][j * filters[2] + filter] = turnedSum[filter * inner + j];
            }
        }
        int f = filters[0];
        int tokens = text.tokens();
        Arrays.fill(embedGradient, 0);
        for (int tap = 0; tap < taps; tap++) {
            float[] part = Arrays.copyOfRange(tableSum, tap * tokens * f, (tap + 1) * tokens * f);
            float[] kernel = Arrays.copyOfRange(weights[0], tap * embedding * f, (tap + 1) * embedding * f);
            float[] kernelGradient = new float[kernel.length];
            Sgemm.multiply(Turned.FIRST, embedding, f, tokens, embed, part, 0, kernelGradient);
            System.arraycopy(kernelGradient, 0, weightGradients[0], tap * embedding * f, kernelGradient.length);
            Sgemm.multiply(Turned.SECOND, tokens, embedding, f, part, kernel, 1, embedGradient);
        }
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = new float[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    /** The memory of one lane. */
    private final class Lane {
        private final int most1 = text.length() - taps + 1;
        private final int most2 = most1 - taps + 1;
        private final int most3 = most2 - taps + 1;
        private final int touchedMost = Math.min(most2, filters[2] * taps);
        private final FloatPointer one = new FloatPointer((long) most1 * filters[0]);
        private final FloatPointer two = new FloatPointer((long) most2 * filters[1]);
        private final FloatPointer three = new FloatPointer((long) most3 * filters[2]);
        private final FloatPointer windows = new FloatPointer((long) touchedMost * taps * filters[0]);
        private final FloatPointer errors = new FloatPointer((long) touchedMost * filters[1]);
        private final FloatPointer weight2 = new FloatPointer(weights[1].length);
        private final float[] sums3 = new float[most3 * filters[2]];
        private final float[] windowArray = new float[touchedMost * taps * filters[0]];
        private final float[] errorArray = new float[touchedMost * filters[1]];
        private final float[] back1 = new float[most1 * filters[0]];
        private final float[] back2 = new float[most2 * filters[1]];
        private final boolean[] touched1 = new boolean[most1];
        private final boolean[] touched2 = new boolean[most2];

        private final float[] table = new float[Branch.this.table.length];
        private final float[] turned = new float[Branch.this.turned.length];
        private final float[] weight2Sum = new float[weights[1].length];
        private final float[][] biases = {new float[filters[0]], new float[filters[1]], new float[filters[2]]};

        private List<FloatPointer> outside() {
            return List.of(one, two, three, windows, errors, weight2);
        }

        long values() {
            long values = sums3.length + windowArray.length + errorArray.length + back1.length;
            values += (long) table.length + turned.length + weight2Sum.length;
            return values + outside().stream().mapToLong(FloatPointer::capacity).sum();
        }

        void close() {
            outside().forEach(FloatPointer::close);
        }

        void clear() {
            Arrays.fill(table, 0);
            Arrays.fill(turned, 0);
            for (float[] bias : biases) {
                Arrays.fill(bias, 0);
            }
            Arrays.fill(weight2Sum, 0);
            weight2.put(weight2Sum);
        }

        void forward(int[] tokens, Slot slot) {
            int letters = tokens.length;
            while (letters > 0 && tokens[letters - 1] == 0) {
                letters--;
            }
            // one window of nothing but padding stands for all
            int length = Math.min(tokens.length, letters + 1 + 3 * (taps - 1));
            slot.tokens = tokens;
            slot.rows1 = length - taps + 1;
            slot.rows2 = slot.rows1 - taps + 1;
            int rows3 = slot.rows2 - taps + 1;
            first(tokens, slot);
            one.put(slot.one, 0, slot.rows1 * filters[0]);
            convolve(one, second, slot.rows2, filters[0], filters[1], two);
            two.get(slot.two, 0, slot.rows2 * filters[1]);
            rectify(slot.two, slot.rows2, Branch.this.biases[1]);
            two.put(slot.two, 0, slot.rows2 * filters[1]);
            convolve(two, third, rows3, filters[1], filters[2], three);
            three.get(sums3, 0, rows3 * filters[2]);
            maximum(rows3, slot);
        }

        private void first(int[] tokens, Slot slot) {
            int f = filters[0];
            float[] from = Branch.this.table;
            float[] bias = Branch.this.biases[0];
            for (int row = 0; row < slot.rows1; row++) {
                int to = row * f;
                System.arraycopy(bias, 0, slot.one, to, f);
                for (int tap = 0; tap < taps; tap++) {
                    add(from, (tap * text.tokens() + tokens[row + tap]) * f, slot.one, to, f);
                }
                for (int i = to; i < to + f; i++) {
                    slot.one[i] = Math.max(0, slot.one[i]);
                }
            }
        }

        /** {@code to ← Σ} over taps of the rows from tap on, times the tap's weights. */
        private void convolve(
                FloatPointer from, FloatPointer weights, int rows, int below, int above, FloatPointer to) {
            for (int tap = 0; tap < taps; tap++) {
                Sgemm.multiply(
                        Turned.NONE,
                        rows,
                        above,
                        below,
                        from.getPointer((long) tap * below),
                        weights.getPointer((long) tap * below * above),
                        tap == 0 ? 0 : 1,
                        to);
            }
        }

        private void rectify(float[] sums, int rows, float[] bias) {
            for (int row = 0; row < rows; row++) {
                int at = row * bias.length;
                for (int i = 0; i < bias.length; i++) {
                    sums[at + i] = Math.max(0, sums[at + i] + bias[i]);
                }
            }
        }

        private void maximum(int rows, Slot slot) {
            int f = filters[2];
            float[] best = slot.features;
            System.arraycopy(sums3, 0, best, 0, f);
            Arrays.fill(slot.winner, 0);
            for (int row = 1; row < rows; row++) {
                int at = row * f;
                for (int i = 0; i < f; i++) {
                    if (sums3[at + i] > best[i]) {
                        best[i] = sums3[at + i];
                        slot.winner[i] = row;
                    }
                }
            }
            rectify(best, 1, Branch.this.biases[2]);
        }

        void backward(Slot slot, float[] gradient, int offset) {
            int inner = taps * filters[1];
            for (int filter = 0; filter < filters[2]; filter++) {
                float error = slot.features[filter] > 0 ? gradient[offset + filter] : 0;
                if (error != 0) {
                    int row = slot.winner[filter];
                    biases[2][filter] += error;
                    addScaled(error, slot.two, row * filters[1], turned, filter * inner, inner);
                    addScaled(error, Branch.this.turned, filter * inner, back2, row * filters[1], inner);
                    Arrays.fill(touched2, row, row + taps, true);
                }
            }
            int n = 0;
            int window = taps * filters[0];
            for (int row = 0; row < slot.rows2; row++) {
                if (touched2[row]) {
                    rectifiedError(slot.two, back2, row, filters[1], errorArray, n * filters[1], biases[1]);
                    System.arraycopy(slot.one, row * filters[0], windowArray, n * window, window);
                    n++;
                }
            }
            if (n == 0) {
                return;
            }
            windows.put(windowArray, 0, n * window);
            errors.put(errorArray, 0, n * filters[1]);
            Sgemm.multiply(Turned.FIRST, window, filters[1], n, windows, errors, 1, weight2);
            Sgemm.multiply(Turned.SECOND, n, window, filters[1], errors, second, 0, windows);
            windows.get(windowArray, 0, n * window);
            n = 0;
            for (int row = 0; row < slot.rows2; row++) {
                if (touched2[row]) {
                    touched2[row] = false;
                    add(windowArray, n++ * window, back1, row * filters[0], window);
                    Arrays.fill(touched1, row, row + taps, true);
                }
            }
            toTable(slot);
        }

        private void toTable(Slot slot) {
            int f = filters[0];
            float[] error = new float[f];
            for (int row = 0; row < slot.rows1; row++) {
                if (touched1[row]) {
                    touched1[row] = false;
                    rectifiedError(slot.one, back1, row, f, error, 0, biases[0]);
                    for (int tap = 0; tap < taps; tap++) {
                        add(error, 0, table, (tap * text.tokens() + slot.tokens[row + tap]) * f, f);
                    }
                }
            }
        }

        /** The error of a row where its values are above 0, also added to the bias; the row of {@code back} is cleared. */
        private static void rectifiedError(
                float[] values, float[] back, int row, int n, float[] to, int at, float[] bias) {
            for (int i = 0; i < n; i++) {
                float error = values[row * n + i] > 0 ? back[row * n + i] : 0;
                to[at + i] = error;
                bias[i] += error;
                back[row * n + i] = 0;
            }
        }
    }

    private static void add(float[] from, int at, float[] to, int into, int n) {
        for (int i = 0; i < n; i++) {
            to[into + i] += from[at + i];
        }
    }

    private static void addScaled(float scale, float[] from, int at, float[] to, int into, int n) {
        for (int i = 0; i < n; i++) {
            to[into + i] += scale * from[at + i];
        }
    }
}
