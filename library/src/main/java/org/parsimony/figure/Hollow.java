package org.parsimony.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import org.knowm.xchart.style.markers.Marker;

/** The outline of a marker: the same shape and colour for what belongs together, but not filled. */
final class Hollow extends Marker {

    /** Of the marker's size: how large the white inside is. */
    private static final double INSIDE = 0.5;

    private final Marker shape;

    Hollow(Marker shape) {
        this.shape = shape;
    }

    @Override
    public void paint(Graphics2D g, double x, double y, int size) {
        Color colour = g.getColor();
        shape.paint(g, x, y, size);
        g.setColor(Color.WHITE);
        shape.paint(g, x, y, (int) Math.round(INSIDE * size));
        g.setColor(colour);
    }
}
