package org.parsimony.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.data.format.Unpacked;

/**
 * Where the values of a data set come from, as a value that can be written beside a result.
 *
 * @param source folder or address the files were read from, for example {@code "data/mnist"}
 * @param variant how the files differ from the published ones, for example {@code "with 92 stand-in images"}; empty if
 *     they are the published ones
 * @param sha256 by file name, the SHA-256 of its content
 * @param steps what was done to the values since they were read, in order
 */
public record Lineage(String source, String variant, Map<String, String> sha256, List<String> steps) {

    /** Of values that were made in memory. */
    public static final Lineage UNKNOWN = new Lineage("memory", "", Map.of(), List.of());

    public Lineage {
        sha256 = Collections.unmodifiableMap(new TreeMap<>(sha256));
        steps = List.copyOf(steps);
    }

    /** One SHA-256 over the names and SHA-256 of all files: what the values were read from, in 64 digits. */
    public String digest() {
        MessageDigest digest = Unpacked.sha256();
        sha256.forEach((name, hash) -> digest.update((name + "\0" + hash + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** This lineage with one more step. */
    public Lineage then(String step) {
        List<String> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Lineage(source, variant, sha256, longer);
    }

    @Override
    public String toString() {
        return "from " + source + (variant.isEmpty() ? "" : " (" + variant + ")")
                + (steps.isEmpty() ? "" : "; " + String.join("; ", steps));
    }
}
