package org.parsimony.notebook.install;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/** The project's mark: a network of three layers, most of it pruned to a shadow, with the path that is kept. */
final class Logo {

    private static final Color GROUND = new Color(0x12, 0x2B, 0x39);
    private static final Color SHADOW = new Color(0x3B, 0x5A, 0x6B);
    private static final Color KEPT = new Color(0xFF, 0xC8, 0x57);
    private static final double[][] LAYERS = {{0.25, 0.5, 0.75}, {0.2, 0.4, 0.6, 0.8}, {0.35, 0.65}};
    private static final double[] COLUMNS = {0.2, 0.5, 0.8};
    private static final int[] PATH = {1, 1, 0};

    private Logo() {}

    /** The mark as a square of {@code size} pixels. */
    static BufferedImage draw(int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(size, size);
        g.setColor(GROUND);
        g.fill(new RoundRectangle2D.Double(0, 0, 1, 1, 0.3, 0.3));
        for (int layer = 0; layer < 2; layer++) {
            for (int from = 0; from < LAYERS[layer].length; from++) {
                for (int to = 0; to < LAYERS[layer + 1].length; to++) {
                    edge(g, layer, from, to, SHADOW, 0.012f);
                }
            }
        }
        for (int layer = 0; layer < 2; layer++) {
            edge(g, layer, PATH[layer], PATH[layer + 1], KEPT, 0.045f);
        }
        for (int layer = 0; layer < 3; layer++) {
            for (int unit = 0; unit < LAYERS[layer].length; unit++) {
                boolean kept = PATH[layer] == unit;
                double radius = kept ? 0.085 : 0.05;
                g.setColor(kept ? KEPT : SHADOW);
                g.fill(new Ellipse2D.Double(
                        COLUMNS[layer] - radius, LAYERS[layer][unit] - radius, 2 * radius, 2 * radius));
            }
        }
        g.dispose();
        return image;
    }

    private static void edge(Graphics2D g, int layer, int from, int to, Color color, float width) {
        g.setColor(color);
        g.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(new Line2D.Double(COLUMNS[layer], LAYERS[layer][from], COLUMNS[layer + 1], LAYERS[layer + 1][to]));
    }
}
