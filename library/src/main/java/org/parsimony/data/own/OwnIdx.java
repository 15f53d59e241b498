package org.parsimony.data.own;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parsimony.data.DataException;
import org.parsimony.data.Dataset;
import org.parsimony.data.Lineage;
import org.parsimony.data.format.Idx;
import org.parsimony.data.format.Unpacked;
import org.parsimony.data.own.OwnSplits.Part;
import org.parsimony.data.own.OwnSplits.Split;

/** A folder of IDX files, named as MNIST's: {@code train-images-idx3-ubyte}, {@code t10k-labels-idx1-ubyte.gz} …. */
final class OwnIdx {

    private static final Pattern NAME =
            Pattern.compile("(?i)(?:.*[-_.])?(train|t10k|test|val|valid|validation)[-_.](images|labels)\\b.*");

    private OwnIdx() {}

    /** Whether {@code folder} holds files so named. */
    static boolean isFolder(Path folder) {
        return !files(folder).isEmpty();
    }

    private static Map<String, Path> files(Path folder) {
        Map<String, Path> files = new TreeMap<>();
        for (Path file : listed(folder)) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (Files.isRegularFile(file) && name.matches()) {
                String key =
                        OwnSplits.named(name.group(1)) + " " + name.group(2).toLowerCase(Locale.ROOT);
                Path other = files.put(key, file);
                if (other != null) {
                    throw new DataException(
                            folder,
                            "has two files of the same split, " + other.getFileName() + " and " + file.getFileName()
                                    + "; keep one");
                }
            }
        }
        return files;
    }

    /** What is in {@code folder}, sorted, without what systems hide there. */
    static List<Path> listed(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.filter(file -> !hidden(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException(folder, "cannot be listed (" + e.getMessage() + "); check its rights", e);
        }
    }

    private static boolean hidden(String name) {
        return name.startsWith(".") || name.equalsIgnoreCase("Thumbs.db") || name.equalsIgnoreCase("desktop.ini");
    }

    static Dataset read(OwnData.Choice choice) {
        Map<String, Path> files = files(choice.path());
        Map<Split, Part> parts = new EnumMap<>(Split.class);
        Map<String, String> sha256 = new TreeMap<>();
        int[] shape = null;
        for (Split split : Split.values()) {
            Path images = files.get(split + " images");
            Path labels = files.get(split + " labels");
            if (images == null && labels == null) {
                continue;
            }
            if (images == null || labels == null) {
                throw new DataException(
                        images == null ? labels : images,
                        "has no file of " + (images == null ? "images" : "labels") + " beside it in its folder");
            }
            Idx x = idx(images, sha256);
            Idx y = idx(labels, sha256);
            int n = x.shape()[0];
            if (x.shape().length != 3 || y.shape().length != 1 || y.shape()[0] != n || n == 0) {
                throw new DataException(
                        images,
                        "has shape " + Arrays.toString(x.shape()) + ", and its labels " + Arrays.toString(y.shape())
                                + ", but they must be [samples, height, width] and [samples]");
            }
            int[] here = {1, x.shape()[1], x.shape()[2]};
            if (shape != null && (shape[1] != here[1] || shape[2] != here[2])) {
                throw new DataException(
                        images,
                        "has images of " + here[1] + " × " + here[2] + ", but those for training have " + shape[1]
                                + " × " + shape[2]);
            }
            shape = here;
            OwnSplits.checkRoom(images, x.values().length);
            parts.put(split, part(images, x, y));
        }
        OwnSplits.checkTraining(choice.path(), parts, "train-images… and train-labels…");
        Lineage lineage = new Lineage(choice.path().toString(), "", sha256, List.of());
        return OwnSplits.dataset(choice, parts, null, shape, OwnSplits.Scale.PIXELS, lineage);
    }

    private static Idx idx(Path file, Map<String, String> sha256) {
        byte[] content = Unpacked.bytes(file);
        sha256.put(
                file.getFileName().toString(),
                HexFormat.of().formatHex(Unpacked.sha256().digest(content)));
        return Idx.decode(file, content);
    }

    private static Part part(Path file, Idx x, Idx y) {
        float[] features = new float[x.values().length];
        for (int i = 0; i < features.length; i++) {
            features[i] = x.values()[i] & 0xff;
        }
        int[] labels = new int[y.values().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = y.values()[i] & 0xff;
        }
        return new Part(file.toString(), features, labels);
    }
}
