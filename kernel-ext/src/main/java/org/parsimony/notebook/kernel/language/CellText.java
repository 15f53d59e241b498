package org.parsimony.notebook.kernel.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A cell on its way to the compiler: the Java that it becomes, and where each character of that stands in what the user
 * wrote, so that errors show the user's own line.
 */
public final class CellText {

    /** Java from {@code start} to {@code end} that stands for the original from {@code from} to {@code to}. */
    private record Edit(int start, int end, int from, int to) {}

    private final String original;
    private final String java;
    private final List<Edit> edits;

    private CellText(String original, String java, List<Edit> edits) {
        this.original = original;
        this.java = java;
        this.edits = edits;
    }

    /** A cell as it was sent; every kind of line end becomes a line feed. */
    public static CellText of(String cell) {
        String text = cell.replace("\r\n", "\n").replace('\r', '\n');
        return new CellText(text, text, List.of());
    }

    /** This text with {@code replacement} where the Java had {@code start} to {@code end}; stands for all of it. */
    public CellText with(int start, int end, String replacement) {
        int delta = replacement.length() - (end - start);
        int first = start;
        int last = end;
        int from = originalStart(start);
        int to = end > start ? originalEnd(start, end) : from;
        List<Edit> all = new ArrayList<>();
        for (Edit edit : edits) {
            if (edit.end <= start) {
                all.add(edit);
            } else if (edit.start >= end) {
                all.add(new Edit(edit.start + delta, edit.end + delta, edit.from, edit.to));
            } else {
                first = Math.min(first, edit.start);
                last = Math.max(last, edit.end);
                from = Math.min(from, edit.from);
                to = Math.max(to, edit.to);
            }
        }
        all.add(new Edit(first, last + delta, from, to));
        all.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end));
        return new CellText(original, java.substring(0, start) + replacement + java.substring(end), List.copyOf(all));
    }

    /** This text with blanks where the Java had {@code start} to {@code end}; line ends stay. */
    public CellText blanked(int start, int end) {
        String blank = java.substring(start, end).replaceAll("[^\n]", " ");
        return new CellText(original, java.substring(0, start) + blank + java.substring(end), edits);
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
        int shift = 0;
        for (Edit edit : edits) {
            if (at < edit.start) {
                break;
            }
            if (at < edit.end) {
                return edit.from;
            }
            shift = edit.to - edit.end;
        }
        return Math.max(0, Math.min(at + shift, original.length()));
    }

    /** Where what ends before {@code end} in the Java, not before {@code start}, ends in the original. */
    public int originalEnd(int start, int end) {
        if (end <= start) {
            return originalStart(start);
        }
        for (Edit edit : edits) {
            if (edit.start < end && end <= edit.end) {
                return edit.to;
            }
        }
        return Math.min(originalStart(end - 1) + 1, original.length());
    }

    /** The line of the original, from 1, in which what stands at {@code at} in the Java begins. */
    public int line(int at) {
        return 1
                + (int) original.substring(0, originalStart(at))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
