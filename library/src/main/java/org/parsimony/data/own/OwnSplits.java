package org.parsimony.data.own;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.parsimony.base.Require;
import org.parsimony.data.DataException;
import org.parsimony.data.Dataset;
import org.parsimony.data.Lineage;
import org.parsimony.data.Samples;

/** From the samples of a user's own files to a data set: splits as given or drawn, scaling fitted on training alone. */
final class OwnSplits {

    /** The three splits. */
    enum Split {
        TRAIN,
        VALIDATION,
        TEST
    }

    /**
     * Samples as they stand in the files.
     *
     * @param place how errors name them
     * @param features {@code [samples × inputs]}, row-major; all finite
     * @param labels what stands for the class of each, by its number or the place of its name
     */
    record Part(String place, float[] features, int[] labels) {

        int inputs() {
            return features.length / labels.length;
        }

        Part rows(int[] rows) {
            int inputs = inputs();
            float[] chosen = new float[rows.length * inputs];
            int[] classes = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(features, rows[i] * inputs, chosen, i * inputs, inputs);
                classes[i] = labels[rows[i]];
            }
            return new Part(place, chosen, classes);
        }
    }

    /** How values come to [0, 1]. */
    enum Scale {
        /** Bytes of pixels, divided by 255. */
        PIXELS,
        /** By the range of all values of training: of images. */
        WHOLE,
        /** By the range that each input has in training: of vectors. */
        COLUMNS
    }

    private static final long MEGABYTE = 1_000_000;

    private OwnSplits() {}

    /** Refuses so many values, of which each takes four bytes twice while they are put in order, if memory lacks. */
    static void checkRoom(Object file, long values) {
        long room = Runtime.getRuntime().maxMemory() / 10 * 7;
        if (values > room / 8) {
            throw new DataException(
                    file,
                    String.format(
                            Locale.ROOT,
                            "holds %,d values, which take %,d MB while they are read, but this process has %,d MB for them;"
                                    + " take fewer samples, or start Java with a larger -Xmx",
                            values,
                            8 * values / MEGABYTE,
                            room / MEGABYTE));
        }
    }

    /**
     * The data set.
     *
     * @param parts training, and the other splits where they are given
     * @param names of the classes by the numbers in the parts' labels; null if the numbers are the names
     * @param shape of a sample, channels first
     */
    static Dataset dataset(
            OwnData.Choice choice, Map<Split, Part> parts, List<String> names, int[] shape, Scale scale, Lineage from) {
        Part training = parts.get(Split.TRAIN);
        TreeSet<Integer> labels = new TreeSet<>();
        Arrays.stream(training.labels).forEach(labels::add);
        if (labels.size() < 2) {
            throw new DataException(
                    training.place, "has " + labels.size() + " class, but must have at least 2 to tell apart");
        }
        int[] known = labels.stream().mapToInt(label -> label).toArray();
        List<String> classes = Arrays.stream(known)
                .mapToObj(label -> names == null ? Integer.toString(label) : names.get(label))
                .toList();
        EnumMap<Split, Part> all = new EnumMap<>(Split.class);
        parts.forEach((split, part) -> all.put(split, numbered(part, training, known, names)));
        Lineage lineage = from.then(draw(all, classes, choice)).then(scale(all, scale));
        String name = Require.fileName(choice.path().toAbsolutePath().normalize());
        Samples[] samples = all.values().stream()
                .map(part -> new Samples(part.features, part.labels, classes.size(), shape))
                .toArray(Samples[]::new);
        return new Dataset(name, name, samples[0], samples[1], samples[2], classes, lineage);
    }

    /** The part with the places of its labels among those of training. */
    private static Part numbered(Part part, Part training, int[] known, List<String> names) {
        int[] places = new int[part.labels.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = Arrays.binarySearch(known, part.labels[i]);
            if (places[i] < 0) {
                String label = names == null ? "" + part.labels[i] : names.get(part.labels[i]);
                throw new DataException(
                        part.place,
                        "sample " + i + " is of class \"" + label + "\", of which " + training.place
                                + " has no sample; add some there or drop the class");
            }
        }
        if (part.inputs() != training.inputs()) {
            throw new DataException(
                    part.place,
                    "has samples of " + part.inputs() + " values, but those of " + training.place + " have "
                            + training.inputs());
        }
        return new Part(part.place, part.features, places);
    }

    /** Draws the splits that are not given from training; says what was done. */
    private static String draw(EnumMap<Split, Part> all, List<String> classes, OwnData.Choice choice) {
        Part whole = all.get(Split.TRAIN);
        Tables.Shares shares = new Tables.Shares(
                all.containsKey(Split.VALIDATION) ? 0 : choice.shares().validation(),
                all.containsKey(Split.TEST) ? 0 : choice.shares().test());
        if (shares.validation() == 0 && shares.test() == 0) {
            return "splits as given";
        }
        int[][] rows;
        try {
            rows = Tables.split(whole.labels, classes, shares, choice.seed());
        } catch (IllegalArgumentException e) {
            throw new DataException(whole.place, e.getMessage(), e);
        }
        for (Split split : Split.values()) {
            if (rows[split.ordinal()].length > 0 || split == Split.TRAIN) {
                all.put(split, whole.rows(rows[split.ordinal()]));
            }
        }
        return (shares.test() == 0 ? "test as given, " : "") + (shares.validation() == 0 ? "validation as given, " : "")
                + "training split " + shares + " within each class with seed " + choice.seed();
    }

    private static String scale(EnumMap<Split, Part> all, Scale scale) {
        if (scale == Scale.PIXELS) {
            for (Part part : all.values()) {
                for (int i = 0; i < part.features.length; i++) {
                    part.features[i] /= 255;
                }
            }
            return "pixels divided by 255";
        }
        Part training = all.get(Split.TRAIN);
        int columns = scale == Scale.WHOLE ? 1 : training.inputs();
        double[] low = new double[columns];
        double[] high = new double[columns];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < training.features.length; i++) {
            low[i % columns] = Math.min(low[i % columns], training.features[i]);
            high[i % columns] = Math.max(high[i % columns], training.features[i]);
        }
        if (scale == Scale.WHOLE && low[0] >= 0 && high[0] <= 1) {
            low[0] = 0;
            high[0] = 1;
        }
        for (Part part : all.values()) {
            for (int i = 0; i < part.features.length; i++) {
                double width = high[i % columns] - low[i % columns];
                double share = width > 0 ? (part.features[i] - low[i % columns]) / width : 0;
                part.features[i] = (float) Math.max(0, Math.min(1, share));
            }
        }
        return scale == Scale.WHOLE
                ? "values scaled from [" + low[0] + ", " + high[0]
                        + "], their range in training, to [0, 1], others clamped"
                : "columns scaled to [0, 1] by their range in training, others clamped";
    }

    /** The name of a split in the name of a file or folder, or null. */
    static Split named(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "train", "training" -> Split.TRAIN;
            case "val", "valid", "validation", "dev" -> Split.VALIDATION;
            case "test", "testing", "t10k" -> Split.TEST;
            default -> null;
        };
    }

    /** Refuses parts without training, as {@code what} would hold it. */
    static void checkTraining(Object file, Map<Split, ?> parts, String what) {
        if (!parts.containsKey(Split.TRAIN)) {
            throw new DataException(file, "has no samples for training; it must have " + what);
        }
    }

    /** A list that grows, of rows of features and labels. */
    static final class Rows {
        private final List<float[]> features = new ArrayList<>();
        private final List<Integer> labels = new ArrayList<>();

        void add(float[] row, int label) {
            features.add(row);
            labels.add(label);
        }

        int size() {
            return labels.size();
        }

        Part part(String place) {
            int inputs = features.get(0).length;
            float[] all = new float[Math.multiplyExact(features.size(), inputs)];
            for (int i = 0; i < features.size(); i++) {
                System.arraycopy(features.get(i), 0, all, i * inputs, inputs);
                features.set(i, null);
            }
            return new Part(place, all, labels.stream().mapToInt(label -> label).toArray());
        }
    }
}
