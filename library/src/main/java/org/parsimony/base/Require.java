package org.parsimony.base;

import java.nio.file.Path;

/** Checks whose messages name the thing, its value and what it must be. */
public final class Require {

    private Require() {}

    /** {@code value}, which must lie in [{@code low}, {@code high}]. */
    public static double between(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(
                    name + " is " + number(value) + ", but must lie between " + number(low) + " and " + number(high));
        }
        return value;
    }

    /** {@code value}, which must lie in [{@code low}, {@code high}]. */
    public static int between(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", but must lie between " + low + " and " + high);
        }
        return value;
    }

    /** {@code value}, which must be at least {@code low}. */
    public static int atLeast(String name, int value, int low) {
        if (value < low) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be at least " + low);
        }
        return value;
    }

    /** {@code value}, which must be a finite number above zero. */
    public static double positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + number(value) + ", but must be a number above 0");
        }
        return value;
    }

    /** {@code value}, which must be neither null nor blank. */
    public static String text(String name, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty, but must be a text");
        }
        return value;
    }

    /** {@code value}, which must be one of these constants and not null. */
    public static <E> E oneOf(String name, E value, E[] constants) {
        if (value == null) {
            throw new IllegalArgumentException(
                    name + " is missing, but must be one of " + java.util.Arrays.toString(constants));
        }
        return value;
    }

    /** Throws with {@code message} unless {@code holds}; the message must follow the house rule by itself. */
    public static void that(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new IllegalArgumentException(String.format(java.util.Locale.ROOT, message, arguments));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
    }

    /**
     * The name of a file without its folders.
     *
     * @throws IllegalArgumentException if the path is the root of a file system, which has none
     */
    public static String fileName(Path file) {
        Path name = file.getFileName();
        that(name != null, "%s names no file; give the path of one", file);
        return name.toString();
    }
}
