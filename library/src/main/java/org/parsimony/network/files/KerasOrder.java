package org.parsimony.network.files;

import java.util.ArrayList;
import java.util.List;
import org.parsimony.network.Architecture.Shape;

/**
 * In which order Keras has the values of a vector that we have in another: Keras runs through the channels of each pixel of
 * a flattened image first, we through the pixels of each channel. A concatenation has parts with orders of their own.
 *
 * @param parts one after the other
 */
public record KerasOrder(List<Part> parts) {

    /**
     * Values side by side.
     *
     * @param image that was flattened to them, or null if both orders are the same
     * @param length how many there are
     */
    public record Part(Shape image, int length) {}

    /** The same order as ours. */
    public static KerasOrder same(int length) {
        return new KerasOrder(List.of(new Part(null, length)));
    }

    /** The order of a flattened image. */
    public static KerasOrder flattened(Shape image) {
        boolean same = image.channels() == 1 || image.area() == 1;
        return new KerasOrder(List.of(new Part(same ? null : image, image.size())));
    }

    /** One after the other. */
    public static KerasOrder concatenated(List<KerasOrder> orders) {
        List<Part> parts = new ArrayList<>();
        orders.forEach(order -> parts.addAll(order.parts()));
        return new KerasOrder(List.copyOf(parts));
    }

    /** Whether it is ours. */
    public boolean isSame() {
        return parts.stream().allMatch(part -> part.image() == null);
    }

    /** By our place, the place in Keras's order. */
    public int place(int ours) {
        int start = 0;
        for (Part part : parts) {
            int within = ours - start;
            if (within < part.length()) {
                Shape image = part.image();
                return start
                        + (image == null ? within : within % image.area() * image.channels() + within / image.area());
            }
            start += part.length();
        }
        return ours;
    }
}
