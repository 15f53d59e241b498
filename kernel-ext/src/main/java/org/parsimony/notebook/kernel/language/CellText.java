package org.parsimony.notebook.kernel.language;

import java.util.Arrays;

/**
 * A cell on its way to the compiler: the Java that it becomes, and where each character of that stands in what the user
 * wrote, so that errors show the user's own line.
 */
public final class CellText {

    private final String original;
    private final String java;
    private final int[] from;
    private final int[] to;

    private CellText(String original, String java, int[] from, int[] to) {
        this.original = original;
        this.java = java;
        this.from = from;
        this.to = to;
    }

    /** A cell as it was sent; every kind of line end becomes a line feed. */
    public static CellText of(String cell) {
        String text = cell.replace("\r\n", "\n").replace('\r', '\n');
        int[] from = new int[text.length() + 1];
        int[] to = new int[text.length() + 1];
        for (int i = 0; i < from.length; i++) {
            from[i] = i;
            to[i] = Math.min(i + 1, text.length());
        }
        return new CellText(text, text, from, to);
    }

    /** This text with {@code replacement} where the Java had {@code start} to {@code end}; stands for all of it. */
    public CellText with(int start, int end, String replacement) {
        int length = java.length() - (end - start) + replacement.length();
        int[] newFrom = new int[length + 1];
        int[] newTo = new int[length + 1];
        System.arraycopy(from, 0, newFrom, 0, start);
        System.arraycopy(to, 0, newTo, 0, start);
        int spanEnd = end > start ? to[end - 1] : from[start];
        Arrays.fill(newFrom, start, start + replacement.length(), from[start]);
        Arrays.fill(newTo, start, start + replacement.length(), spanEnd);
        System.arraycopy(from, end, newFrom, start + replacement.length(), from.length - end);
        System.arraycopy(to, end, newTo, start + replacement.length(), to.length - end);
        return new CellText(original, java.substring(0, start) + replacement + java.substring(end), newFrom, newTo);
    }

    /** This text with blanks where the Java had {@code start} to {@code end}; line ends stay. */
    public CellText blanked(int start, int end) {
        String blank = java.substring(start, end).replaceAll("[^\n]", " ");
        return new CellText(original, java.substring(0, start) + blank + java.substring(end), from, to);
    }

    /** What the compiler gets. */
    public String java() {
        return java;
    }

    /** What the user wrote. */
    public String original() {
        return original;
    }

    /** Where what stands at {@code at} in the Java begins in the original. */
    public int originalStart(int at) {
        return from[clamp(at)];
    }

    /** Where what ends before {@code end} in the Java, not before {@code start}, ends in the original. */
    public int originalEnd(int start, int end) {
        return end <= start ? originalStart(start) : to[clamp(end - 1)];
    }

    /** The line of the original, from 1, in which what stands at {@code at} in the Java begins. */
    public int line(int at) {
        return 1
                + (int) original.substring(0, originalStart(at))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private int clamp(int at) {
        return Math.max(0, Math.min(at, from.length - 1));
    }
}
