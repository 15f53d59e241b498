package org.parsimony.data.own;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.DataException;
import org.parsimony.data.Dataset;
import org.parsimony.data.Lineage;
import org.parsimony.data.format.Npy;
import org.parsimony.data.format.Npz;
import org.parsimony.data.format.Unpacked;
import org.parsimony.data.own.OwnSplits.Part;
import org.parsimony.data.own.OwnSplits.Scale;
import org.parsimony.data.own.OwnSplits.Split;

/** Arrays as Keras has them, {@code x_train}, {@code y_train} and so on, in an archive {@code .npz} or a folder. */
final class OwnArrays {

    private static final String ARRAY = ".npy";

    private OwnArrays() {}

    /** Whether {@code folder} holds arrays. */
    static boolean isFolder(Path folder) {
        return !names(folder).isEmpty();
    }

    private static List<String> names(Path path) {
        if (!Files.isDirectory(path)) {
            return Npz.names(path);
        }
        return OwnIdx.listed(path).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(ARRAY))
                .map(name -> name.substring(0, name.length() - ARRAY.length()))
                .toList();
    }

    private static INDArray array(Path path, String name) {
        return Files.isDirectory(path) ? Npy.read(path.resolve(name + ARRAY)) : Npz.read(path, name);
    }

    /** A pair of arrays by name. */
    private record Pair(String x, String y) {}

    static Dataset read(OwnData.Choice choice) {
        Path path = choice.path();
        Map<Split, Pair> pairs = pairs(path, names(path));
        OwnSplits.checkTraining(path, pairs, "x_train and y_train, or x and y; it has " + names(path));
        Map<Split, Part> parts = new EnumMap<>(Split.class);
        boolean pixels = true;
        int[] shape = null;
        for (Map.Entry<Split, Pair> pair : pairs.entrySet()) {
            INDArray x = array(path, pair.getValue().x);
            String place = path + ", array \"" + pair.getValue().x + "\"";
            OwnSplits.checkRoom(place, x.length());
            int[] here = shape(place, x, choice.channelsFirst());
            if (shape != null && !Arrays.equals(shape, here)) {
                throw new DataException(
                        place,
                        "has samples of shape " + Arrays.toString(here) + ", but those for training have "
                                + Arrays.toString(shape));
            }
            shape = here;
            pixels &= x.rank() >= 3 && x.dataType().isIntType();
            float[] features = features(place, x, choice.channelsFirst());
            int[] labels = labels(path, pair.getValue(), array(path, pair.getValue().y), (int) x.size(0));
            parts.put(pair.getKey(), new Part(place, features, labels));
        }
        boolean bytes = pixels;
        for (Part part : parts.values()) {
            for (float value : part.features()) {
                bytes &= value >= 0 && value <= 255;
            }
        }
        Scale scale = bytes ? Scale.PIXELS : shape.length == 1 ? Scale.COLUMNS : Scale.WHOLE;
        Lineage lineage = new Lineage(path.toString(), "", sha256(path, pairs), List.of());
        return OwnSplits.dataset(choice, parts, null, shape, scale, lineage);
    }

    private static Map<Split, Pair> pairs(Path path, List<String> names) {
        Map<Split, Pair> pairs = new EnumMap<>(Split.class);
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            Split split = lower.equals("x")
                    ? Split.TRAIN
                    : lower.startsWith("x_") ? OwnSplits.named(lower.substring(2)) : null;
            if (split != null) {
                String partner = names.stream()
                        .filter(other -> other.equalsIgnoreCase("y" + lower.substring(1)))
                        .findFirst()
                        .orElseThrow(() -> new DataException(
                                path, "has \"" + name + "\" but no \"y" + name.substring(1) + "\" with its classes"));
                if (pairs.put(split, new Pair(name, partner)) != null) {
                    throw new DataException(
                            path, "has more than one array for the same split, \"" + name + "\" among them");
                }
            }
        }
        return pairs;
    }

    private static Map<String, String> sha256(Path path, Map<Split, Pair> pairs) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(path)) {
            pairs.values()
                    .forEach(pair -> files.addAll(List.of(path.resolve(pair.x + ARRAY), path.resolve(pair.y + ARRAY))));
        } else {
            files.add(path);
        }
        Map<String, String> sha256 = new TreeMap<>();
        for (Path file : files) {
            sha256.put(
                    file.getFileName().toString(),
                    HexFormat.of().formatHex(Unpacked.sha256().digest(Unpacked.bytes(file))));
        }
        return sha256;
    }

    /** Shape of a sample, channels first. */
    private static int[] shape(String place, INDArray x, boolean channelsFirst) {
        int[] dims =
                Arrays.stream(x.shape()).skip(1).mapToInt(side -> (int) side).toArray();
        switch (dims.length) {
            case 1:
                return dims;
            case 2:
                return new int[] {1, dims[0], dims[1]};
            case 3:
                int channels = channelsFirst ? dims[0] : dims[2];
                int other = channelsFirst ? dims[2] : dims[0];
                if (channels > 4 && other <= 4) {
                    throw new DataException(
                            place,
                            "has shape " + Arrays.toString(x.shape()) + ", which looks as if channels were "
                                    + (channelsFirst
                                            ? "last; leave channels=first out"
                                            : "first; say so: PATH:channels=first"));
                }
                return channelsFirst ? dims : new int[] {dims[2], dims[0], dims[1]};
            default:
                throw new DataException(
                        place,
                        "has shape " + Arrays.toString(x.shape()) + ", but must be [samples, inputs],"
                                + " [samples, height, width] or [samples, height, width, channels]");
        }
    }

    private static float[] features(String place, INDArray x, boolean channelsFirst) {
        INDArray ordered = x.rank() == 4 && !channelsFirst ? x.permute(0, 3, 1, 2) : x;
        INDArray flat = ordered.dup('c');
        double[] check = x.dataType() == DataType.DOUBLE ? flat.data().asDouble() : null;
        float[] features = flat.data().asFloat();
        int inputs = (int) (x.length() / x.size(0));
        for (int i = 0; i < features.length; i++) {
            if (!Float.isFinite(features[i])) {
                throw new DataException(
                        place,
                        "value " + i % inputs + " of sample " + i / inputs + " is "
                                + (check == null ? features[i] : check[i])
                                + ", but must be a finite number of 32 bits; impute it or drop the sample");
            }
        }
        return features;
    }

    /** Class numbers: whole numbers, one a sample, or a row of one 1 among zeros. */
    private static int[] labels(Path path, Pair pair, INDArray y, int samples) {
        String place = path + ", array \"" + pair.y + "\"";
        if (y.size(0) != samples || y.rank() > 2) {
            throw new DataException(
                    place,
                    "has shape " + Arrays.toString(y.shape()) + ", but must have one class for each of the " + samples
                            + " samples of \"" + pair.x + "\"");
        }
        double[] values = y.dup('c').data().asDouble();
        int columns = values.length / samples;
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            double[] row = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
            boolean hot = columns > 1
                    && Arrays.stream(row).allMatch(value -> value == 0 || value == 1)
                    && Arrays.stream(row).sum() == 1;
            if (columns > 1 ? !hot : row[0] != (int) row[0]) {
                throw new DataException(
                        place,
                        "sample " + i + " is " + (columns > 1 ? Arrays.toString(row) : "" + row[0])
                                + ", but must be a whole number that names a class, or a row of one 1 among zeros");
            }
            labels[i] = (int) row[0];
            for (int c = 0; hot && c < columns; c++) {
                labels[i] = row[c] == 1 ? c : labels[i];
            }
        }
        return labels;
    }
}
