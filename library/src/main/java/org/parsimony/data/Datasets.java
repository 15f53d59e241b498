package org.parsimony.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.parsimony.base.Progress;
import org.parsimony.data.format.CifarBinary;
import org.parsimony.data.format.Csv;
import org.parsimony.data.format.Idx;
import org.parsimony.data.format.Unpacked;
import org.parsimony.data.own.OwnData;
import org.parsimony.data.own.Tables;
import tech.tablesaw.api.Table;

/**
 * The data sets of the registry by name, verified and split; and a user's own by their path.
 *
 * <p>Splits. Of an image set, the published test set is the test split; validation is the last 10,000 of the 60,000
 * published training images of MNIST and Fashion-MNIST and the last 5,000 of the 50,000 of CIFAR-10, the rest is the
 * training split. Of DAVIS, the last of the five published training folds is the validation split. A table has no published splits: of each class, 60 % of its samples go to training, 20 % to
 * validation and 20 % to test, drawn with a fixed seed.
 *
 * <p>Scaling. Pixels are divided by 255. Each column of a table is scaled by the range it has in the training split, so
 * that this range becomes [0, 1]; values of the other splits outside it are clamped.
 *
 * <p>{@code "mnist:validation=500:test=500"} is MNIST with at most so many samples, always the same, in the splits that runs are judged
 * by: for trying out. Rows of it have that text as their data set.
 *
 * <p>Own data stand where a name stands, as a path, with what must be said after colons
 * ({@code "flowers.csv:label=species:ignore=id:seed=7"}):
 * <ul>
 *   <li>a table ({@code .csv}, {@code .tsv}, gzipped or not) with its label column, which need not be said if one column
 *       is called class, label, target or y; {@code header=none} where its first line is a sample already: the columns
 *       are called 1, 2, …; {@code skip=N} leaves out so many lines before all that;
 *   <li>arrays as Keras has them: an archive {@code .npz}, or a folder of {@code .npy}, with {@code x_train},
 *       {@code y_train} and, where they are, {@code x_val}, {@code y_val}, {@code x_test}, {@code y_test}; or {@code x}
 *       and {@code y}. Images have their channels last, or first where {@code channels=first} says so;
 *   <li>a folder of IDX files, named as MNIST's;
 *   <li>a graph: a folder with {@code features.mtx}, {@code edges.csv} and {@code nodes.csv}, as {@link NodeGraph} says;
 *   <li>a folder of class folders with PNG or JPEG images, or of {@code train}, {@code test} and {@code validation} with
 *       such folders.
 * </ul>
 * Splits that are there stay as they are; the others are drawn from training, within each class, by {@code seed} (1) and
 * the shares {@code validation} and {@code test} (0.2 each). Scaling is fitted on training alone.
 */
public final class Datasets {

    /** The split of a registered table is the same for everybody. */
    private static final long TABLE_SEED = 1;

    private Datasets() {}

    /** The names that {@link #load(String)} knows, in the registry's order. */
    public static List<String> names() {
        return List.copyOf(Registry.entries().keySet());
    }

    /** The names of those whose files are on this machine: no network is needed to load them. */
    public static List<String> atHand() {
        Sources sources = Sources.standard();
        return Registry.entries().values().stream()
                .filter(entry -> Located.find(entry, sources).isPresent())
                .map(Registry.Entry::name)
                .toList();
    }

    /**
     * How many training samples the data set {@code name} has by the registry; nothing is read.
     *
     * @throws IllegalArgumentException if the registry does not know {@code name}
     */
    public static int trainingSamples(String name) {
        Parts parts = Parts.of(name);
        return Registry.entry(parts == null ? name : parts.name()).samples().train();
    }

    /** Whether {@code name} is one of the registry, whole or with fewer samples to judge by. */
    public static boolean isRegistered(String name) {
        return Parts.of(name) != null;
    }

    /** Whether {@code name} is one that {@link #load(String)} takes: of the registry, or a path to data of one's own. */
    public static boolean knows(String name) {
        return isRegistered(name) || OwnData.isPath(name);
    }

    /** The data set {@code name} from the {@linkplain Sources#standard() standard sources}, without progress. */
    public static Dataset load(String name) {
        return load(name, Sources.standard(), Progress.NONE);
    }

    /** The data set {@code name} from the {@linkplain Sources#standard() standard sources}. */
    public static Dataset load(String name, Progress progress) {
        return load(name, Sources.standard(), progress);
    }

    /**
     * The data set {@code name}. Every file's SHA-256 is checked at every load; reading takes time linear in its bytes
     * and, for an image set, at most six bytes of memory a pixel, of which four stay.
     *
     * @throws IllegalArgumentException if the registry does not know {@code name}, and it is no path either
     * @throws DataException if a file is missing, cut or altered, or cannot be downloaded; of own data naming the place
     */
    public static Dataset load(String name, Sources sources, Progress progress) {
        Parts parts = Parts.of(name);
        if (parts != null) {
            return parts.of(load(Registry.entry(parts.name()), sources, new Download(), progress), name);
        }
        return OwnData.isPath(name)
                ? OwnData.load(name, progress)
                : load(Registry.entry(name), sources, new Download(), progress);
    }

    /** As {@link #load(String, Sources, Progress)}, of any entry and by any road. */
    static Dataset load(Registry.Entry entry, Sources sources, Download download, Progress progress) {
        return read(entry, located(entry, sources, download, progress));
    }

    /** The files of {@code entry}, downloaded first where they are nowhere on this machine. */
    static Located located(Registry.Entry entry, Sources sources, Download download, Progress progress) {
        Optional<Located> located = Located.find(entry, sources);
        if (located.isEmpty()) {
            if (!sources.download()) {
                throw new DataException(
                        entry.title(),
                        "is not in " + sources.folders() + " or " + sources.cache() + ", and downloading is off; put "
                                + entry.files().get(0).name() + " and what belongs to it into the folder "
                                + entry.name() + " of one of them");
            }
            new Cache(entry, sources, download).fill(progress);
            located = Located.find(entry, sources);
        }
        progress.checkCancelled();
        return located.orElseThrow();
    }

    /**
     * The registry as a table, one row a data set: name, title, samples in each split, inputs, classes, unpacked size
     * in MB (10^6 bytes), licence, and where it would come from now by the
     * {@linkplain Sources#standard() standard sources}.
     */
    public static Table table() {
        return Listing.all(Sources.standard());
    }

    /** As {@link #table()}, by other sources. */
    public static Table table(Sources sources) {
        return Listing.all(sources);
    }

    /**
     * What the registry says about one data set, one row a fact: citation, licence, classes, files and checksums.
     *
     * @throws IllegalArgumentException if the registry does not know {@code name}
     */
    public static Table about(String name) {
        return Listing.one(Registry.entry(name), Sources.standard());
    }

    private static Dataset read(Registry.Entry entry, Located located) {
        List<Path> paths = List.copyOf(located.files().values());
        List<Unpacked.Content> contents = entry.files().parallelStream()
                .map(item -> entry.verified(item, located.files().get(item.name())))
                .toList();
        Map<String, String> sha256 = new TreeMap<>();
        for (int i = 0; i < contents.size(); i++) {
            sha256.put(entry.files().get(i).name(), contents.get(i).sha256());
        }
        String variant = variant(entry, located.folder().path(), sha256);
        Lineage lineage = new Lineage(located.folder().name(), variant, sha256, List.of());
        String title = variant.isEmpty() ? entry.title() : entry.title() + " (" + variant + ")";
        return switch (entry.format()) {
            case "idx" -> images(entry, title, idx(paths, contents), lineage);
            case "cifar" -> images(entry, title, cifar(paths, contents), lineage);
            case "graph" ->
                NodeGraph.decode(
                        entry.name(),
                        title,
                        contents.stream().map(Unpacked.Content::bytes).toList(),
                        entry.classes(),
                        lineage);
            case "pairs" ->
                Davis.decode(
                        entry.name(),
                        title,
                        contents.stream().map(Unpacked.Content::bytes).toList(),
                        lineage);
            default ->
                Tables.dataset(
                        entry.name(),
                        title,
                        Csv.decode(paths.get(0), contents.get(0).bytes(), entry.layout()),
                        entry.classes(),
                        entry.shape(),
                        Tables.Shares.USUAL,
                        TABLE_SEED,
                        lineage);
        };
    }

    private static List<Images> idx(List<Path> paths, List<Unpacked.Content> contents) {
        return IntStream.range(0, contents.size() / 2)
                .mapToObj(i -> new Images(
                        Idx.decode(paths.get(2 * i + 1), contents.get(2 * i + 1).bytes())
                                .values(),
                        Idx.decode(paths.get(2 * i), contents.get(2 * i).bytes())
                                .values()))
                .toList();
    }

    private static List<Images> cifar(List<Path> paths, List<Unpacked.Content> contents) {
        return IntStream.range(0, contents.size())
                .mapToObj(i -> CifarBinary.decode(paths.get(i), contents.get(i).bytes()))
                .map(records -> new Images(records.labels(), records.pixels()))
                .toList();
    }

    private static Dataset images(Registry.Entry entry, String title, List<Images> images, Lineage lineage) {
        int train = entry.samples().train();
        int validation = train + entry.samples().validation();
        int[] bounds = {0, train, validation, validation + entry.samples().test()};
        int classes = entry.classes().size();
        List<Samples> splits = IntStream.range(0, 3)
                .parallel()
                .mapToObj(i -> Images.samples(images, bounds[i], bounds[i + 1], classes, entry.shape()))
                .toList();
        return new Dataset(entry.name(), title, splits.get(0), splits.get(1), splits.get(2), entry.classes(), lineage);
    }

    /** Name of the variant that all files belong to; empty if they are as published. */
    private static String variant(Registry.Entry entry, Path folder, Map<String, String> sha256) {
        if (entry.files().stream().allMatch(item -> item.sha256().equals(sha256.get(item.name())))) {
            return "";
        }
        return entry.variants().stream()
                .filter(variant ->
                        entry.files().stream().allMatch(item -> variant.of(item).equals(sha256.get(item.name()))))
                .map(Registry.Variant::name)
                .findFirst()
                .orElseThrow(() -> new DataException(
                        folder,
                        "holds some files of " + entry.title() + " as published and others that are not;"
                                + " take all of them from one place"));
    }
}
