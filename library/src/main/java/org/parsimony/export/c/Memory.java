package org.parsimony.export.c;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places for values between layers in one array: a value takes the first gap that is free from when it is computed until it
 * is read last.
 */
final class Memory {

    /**
     * A value.
     *
     * @param from step that computes it
     * @param to last step that reads it
     */
    private record Block(int place, int size, int from, int to) {}

    private final List<Block> blocks = new ArrayList<>();
    private int size;

    /** Finds a place for {@code size} floats that live from step {@code from} to step {@code to}. */
    int place(int length, int from, int to) {
        List<Block> living = blocks.stream()
                .filter(block -> block.from() <= to && from <= block.to())
                .sorted(Comparator.comparingInt(Block::place))
                .toList();
        int place = 0;
        for (Block block : living) {
            if (place + length <= block.place()) {
                break;
            }
            place = Math.max(place, block.place() + block.size());
        }
        blocks.add(new Block(place, length, from, to));
        size = Math.max(size, place + length);
        return place;
    }

    /** Floats in all. */
    int size() {
        return size;
    }
}
