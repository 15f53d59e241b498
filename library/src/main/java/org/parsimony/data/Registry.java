package org.parsimony.data;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.parsimony.data.format.Csv;
import org.parsimony.data.format.Unpacked;

/** What {@code data/registry.json} says, which travels in the library's jar. The page data/README.md explains it. */
final class Registry {

    /**
     * One data set.
     *
     * @param format {@code idx} and {@code cifar}: the published training files, then the test files; {@code table}: one
     *     file of comma-separated numbers, the class number last; {@code graph}: features, edges and nodes as {@link
     *     NodeGraph} reads them; {@code pairs}: what {@link Davis} reads
     * @param shape of one sample
     * @param inputs names of the columns; images have none
     * @param skipLines lines of a table before its first sample
     * @param samples in each split
     * @param places folders where the packages of an operating system put the files
     * @param archive a gzipped tar file that holds all the files; null where each file has its own address
     * @param variants other contents that are accepted, each under its name
     */
    record Entry(
            String name,
            String title,
            String home,
            String licence,
            String citation,
            String format,
            int[] shape,
            List<String> inputs,
            int skipLines,
            List<String> classes,
            Splits samples,
            List<String> places,
            Archive archive,
            List<Item> files,
            List<Variant> variants) {

        Entry {
            inputs = inputs == null ? List.of() : inputs;
            places = places == null ? List.of() : places;
            variants = variants == null ? List.of() : variants;
        }

        /** How to read a table: all columns are inputs, but for the last, the class number. */
        Csv.Layout layout() {
            List<String> header = new ArrayList<>(inputs);
            header.add("class");
            List<String> numbers = IntStream.range(0, classes.size())
                    .mapToObj(Integer::toString)
                    .toList();
            return new Csv.Layout(header, skipLines, "class", numbers, List.of());
        }

        /** The content of {@code file}, found to be {@code item} as published or in one of its variants. */
        Unpacked.Content verified(Item item, Path file) {
            Stream<String> others = variants.stream().map(variant -> variant.of(item));
            return Unpacked.verified(
                    file,
                    item.bytes(),
                    Stream.concat(Stream.of(item.sha256()), others).toList());
        }

        /** Bytes of all the files, unpacked. */
        long bytes() {
            return files.stream().mapToLong(Item::bytes).sum();
        }
    }

    /** Numbers of samples. */
    record Splits(int train, int validation, int test) {}

    /** One file: its size and SHA-256 unpacked, and its own address; null if an archive has it, or the project alone. */
    record Item(String name, long bytes, String sha256, String url) {}

    /** A gzipped tar file: its size and SHA-256 as it is sent. */
    record Archive(String url, long bytes, String sha256) {}

    /** Accepted contents that are not the published ones: by file name, the SHA-256 where it is another. */
    record Variant(String name, String note, Map<String, String> sha256) {

        /** The SHA-256 of {@code item} in this variant. */
        String of(Item item) {
            return sha256.getOrDefault(item.name(), item.sha256());
        }
    }

    private static final Map<String, Entry> ENTRIES = read();

    private Registry() {}

    /** All data sets by name, in the registry's order. */
    static Map<String, Entry> entries() {
        return ENTRIES;
    }

    /** The data set of this name. */
    static Entry entry(String name) {
        Entry entry = ENTRIES.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("data set \"" + name + "\" is not in the registry; known are "
                    + String.join(", ", ENTRIES.keySet()) + "; data of your own: the path of a .csv, .npz, or folder");
        }
        return entry;
    }

    private static Map<String, Entry> read() {
        try (var in = Registry.class.getResourceAsStream("registry.json")) {
            return decode("registry.json", in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the content of a registry whose name is used in errors only. */
    static Map<String, Entry> decode(Object file, byte[] content) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try {
            Entry[] read = new Gson().fromJson(new String(content, StandardCharsets.UTF_8), Entry[].class);
            for (Entry entry : read == null ? new Entry[0] : read) {
                if (entry == null || entry.name == null || entry.files == null || entry.files.isEmpty()) {
                    throw new DataException(file, "entry " + entries.size() + " must have a name and files");
                }
                entries.put(entry.name(), entry);
            }
        } catch (JsonParseException | IllegalArgumentException e) {
            throw new DataException(file, "is no list of data sets in JSON: " + e.getMessage(), e);
        }
        return Collections.unmodifiableMap(entries);
    }
}
