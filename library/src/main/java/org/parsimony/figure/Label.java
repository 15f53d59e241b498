package org.parsimony.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import org.knowm.xchart.style.markers.Marker;

/** A dot with a text beside it: names a thing where it stands, instead of in a legend. */
final class Label extends Marker {

    /** Where the text stands, seen from the point. */
    enum Side {
        RIGHT,
        BELOW_RIGHT,
        ABOVE_LEFT
    }

    private final String text;
    private final Side side;
    private final double radius;
    private final Color colour;

    /** @param radius of the dot in pixels; 0 for no dot */
    Label(String text, Side side, double radius, Color colour) {
        this.text = text;
        this.side = side;
        this.radius = radius;
        this.colour = colour;
    }

    @Override
    public void paint(Graphics2D g, double x, double y, int markerSize) {
        if (radius > 0) {
            Ellipse2D dot = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
            g.setColor(colour);
            g.fill(dot);
            g.setColor(Color.WHITE);
            g.setStroke(new BasicStroke(1.5f));
            g.draw(dot);
        }
        g.setColor(colour);
        g.setFont(HouseStyle.font(HouseStyle.TEXT_SIZE));
        double width = g.getFontMetrics().stringWidth(text);
        double half = 0.36 * HouseStyle.TEXT_SIZE; // of the height of a capital
        float left = (float) (side == Side.ABOVE_LEFT ? x - width - radius : x + radius + 5);
        float base = (float)
                switch (side) {
                    case RIGHT -> y + half;
                    case BELOW_RIGHT -> y + 3 * half + radius;
                    case ABOVE_LEFT -> y - half - radius;
                };
        g.drawString(text, left, base);
    }
}
