package org.parsimony.base;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Seeds for the independent random decisions of one experiment, all derived from the one seed of its recipe.
 *
 * <p>Each decision has a name (for example {@code "weights"}, {@code "shuffle"}, {@code "mask"}), so that adding one
 * leaves the others as they were.
 */
public final class Seeds {

    private Seeds() {}

    /** The seed of the decision {@code name}: a fixed 64-bit mix of both arguments (FNV-1a, then a finaliser). */
    public static long derive(long seed, String name) {
        long hash = 0xcbf29ce484222325L ^ seed;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    /** A fresh generator for the decision {@code name}. */
    public static SplittableRandom random(long seed, String name) {
        return new SplittableRandom(derive(seed, name));
    }

    /** The numbers 0 to {@code n - 1} in random order (Fisher–Yates). */
    public static int[] permutation(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
