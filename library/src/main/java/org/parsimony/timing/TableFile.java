package org.parsimony.timing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.base.Json;
import org.parsimony.base.WholeFile;

/**
 * The table on disk, a file for each machine: another processor, JDK or BLAS has another. What was measured first stays, so that
 * predictions of one machine do not change, also where two programs measure at once.
 */
final class TableFile {

    /** Goes up when kernels are measured otherwise, so that old times are not mixed with new ones. */
    private static final int PROTOCOL = 1;

    private final String machine;
    private final Path file;

    /**
     * A measured kernel.
     *
     * @param kind of the kernel
     * @param work of the kernel
     * @param seconds for one sample
     */
    record Entry(String kind, double work, double seconds) {}

    /**
     * All that was measured.
     *
     * @param kernels by key
     * @param overheads by container
     */
    record Content(SortedMap<String, Entry> kernels, SortedMap<String, Overhead> overheads) {

        Content() {
            this(new TreeMap<>(), new TreeMap<>());
        }

        /** Takes over what {@code other} has, also in place of its own. */
        void putAll(Content other) {
            kernels.putAll(other.kernels);
            overheads.putAll(other.overheads);
        }
    }

    TableFile(Path folder, String machine) {
        this.machine = machine;
        file = folder.resolve("latency-" + digits(machine) + ".json");
    }

    Path file() {
        return file;
    }

    private static String digits(String machine) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((machine + "; protocol " + PROTOCOL).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * What the file has; nothing if there is none.
     *
     * @throws IllegalArgumentException if it is no such file
     */
    Content read() {
        Content content = new Content();
        if (!Files.exists(file)) {
            return content;
        }
        try {
            SortedMap<String, Object> json = Json.readObject("table of latencies " + file, Files.readString(file));
            ((Map<?, ?>) json.get("kernels")).forEach((key, entry) -> {
                List<?> values = (List<?>) entry;
                content.kernels.put(
                        (String) key, new Entry((String) values.get(0), number(values.get(1)), number(values.get(2))));
            });
            ((Map<?, ?>) json.get("overheads")).forEach((key, entry) -> {
                List<?> values = (List<?>) entry;
                content.overheads.put(
                        (String) key,
                        new Overhead(number(values.get(0)), number(values.get(1)), number(values.get(2))));
            });
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the table of latencies " + file, e);
        } catch (ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "the table of latencies " + file + " is damaged; delete it, and it is measured anew", e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the table of latencies " + file, e);
        }
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    /** Adds what the file lacks; {@code content} then has what the file has. */
    void add(Content content) {
        content.putAll(read());
        SortedMap<String, Object> kernels = new TreeMap<>();
        content.kernels.forEach((key, entry) ->
                kernels.put(key, new ArrayList<>(List.of(entry.kind(), entry.work(), entry.seconds()))));
        SortedMap<String, Object> overheads = new TreeMap<>();
        content.overheads.forEach((key, overhead) -> overheads.put(
                key, new ArrayList<>(List.of(overhead.perCall(), overhead.perKernel(), overhead.factor()))));
        SortedMap<String, Object> json = new TreeMap<>();
        json.put("machine", machine);
        json.put("kernels", kernels);
        json.put("overheads", overheads);
        try {
            Files.createDirectories(file.getParent());
            WholeFile.write(file, Json.write(Json.normal(json)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the table of latencies " + file, e);
        }
    }
}
