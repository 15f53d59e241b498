package org.parsimony.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import org.knowm.xchart.style.markers.Marker;

/**
 * A dot, and a text at the right of it or ending above it (below it at the top of the plot): names a thing where it
 * stands, instead of in a legend.
 */
final class Label extends Marker {

    private final String text;
    private final double radius;
    private final Color colour;
    private final boolean atTheRight;

    /** @param radius of the dot in pixels; 0 for no dot */
    Label(String text, double radius, Color colour, boolean atTheRight) {
        this.text = text;
        this.radius = radius;
        this.colour = colour;
        this.atTheRight = atTheRight;
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
        if (!text.isEmpty()) {
            // Outlines, as XChart draws all its text: they need no font where the figure is read.
            TextLayout layout = new TextLayout(
                    text, HouseStyle.font(HouseStyle.TEXT_SIZE), new FontRenderContext(null, true, true));
            Rectangle plot = g.getClipBounds();
            double right = plot == null ? Double.MAX_VALUE : plot.getMaxX() - layout.getAdvance() - 2;
            boolean beside = atTheRight && x + radius + 6 <= right;
            double above = y - radius - 0.6 * HouseStyle.TEXT_SIZE;
            boolean cut = plot != null && above - HouseStyle.TEXT_SIZE < plot.getMinY();
            double first = plot == null ? -Double.MAX_VALUE : plot.getMinX() + 2;
            double left = beside ? x + radius + 6 : atTheRight ? right : Math.max(first, x - layout.getAdvance());
            double base =
                    beside ? y + 0.36 * HouseStyle.TEXT_SIZE : cut ? y + radius + 1.3 * HouseStyle.TEXT_SIZE : above;
            g.setColor(colour);
            g.fill(layout.getOutline(AffineTransform.getTranslateInstance(left, base)));
        }
    }
}
