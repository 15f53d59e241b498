package org.parsimony.annealing.cost;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The cost images in tiles of a few hundred, small enough that what is computed for one stays in the fastest cache. A
 * column holds one unit's values for the images of one tile. In a tile images are ordered by class, so that the logits of
 * the right classes are a few runs of columns.
 */
final class Tiles {

    /** Images of a full tile; not a power of two, so that columns do not fall on the same lines of the cache. */
    static final int SIZE = 496;

    private final int[] labels;
    private final int classes;
    private final int[] order;

    /** The images in the order they come in. */
    Tiles(int[] labels, int classes) {
        this(labels, classes, IntStream.range(0, labels.length).toArray());
    }

    private Tiles(int[] labels, int classes, int[] order) {
        this.labels = labels;
        this.classes = classes;
        this.order = order;
        for (int t = 0; t < count(); t++) {
            int from = t * SIZE;
            int[] sorted = Arrays.stream(order, from, from + length(t))
                    .boxed()
                    .sorted(Comparator.comparingInt(image -> labels[image]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            System.arraycopy(sorted, 0, order, from, sorted.length);
        }
    }

    /** The same images with the greatest of these values first; equal ones keep their order. */
    Tiles descending(float[] values) {
        int[] sorted = IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingDouble(image -> -values[image]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Tiles(labels, classes, sorted);
    }

    int[] labels() {
        return labels;
    }

    int images() {
        return labels.length;
    }

    int classes() {
        return classes;
    }

    int count() {
        return (labels.length + SIZE - 1) / SIZE;
    }

    int length(int tile) {
        return Math.min(SIZE, labels.length - tile * SIZE);
    }

    /** The image at a place of a tile. */
    int image(int tile, int place) {
        return order[tile * SIZE + place];
    }

    /** Columns {@code [tile][unit][place]} from rows {@code [images × units]}. */
    float[][][] columns(float[] rows) {
        int units = rows.length / labels.length;
        float[][][] columns = new float[count()][units][SIZE];
        for (int t = 0; t < count(); t++) {
            for (int i = 0; i < length(t); i++) {
                int row = image(t, i) * units;
                for (int u = 0; u < units; u++) {
                    columns[t][u][i] = rows[row + u];
                }
            }
        }
        return columns;
    }

    /** For every tile and class the first place of an image of that class; one entry more than classes. */
    int[][] runs() {
        int[][] runs = new int[count()][classes + 1];
        for (int t = 0; t < count(); t++) {
            for (int i = 0; i < length(t); i++) {
                runs[t][labels[image(t, i)] + 1]++;
            }
            Arrays.parallelPrefix(runs[t], Integer::sum);
        }
        return runs;
    }
}
