package org.parsimony.notebook.widget;

/** A picture that a program changes; its bytes go to the front ends as they are. */
public final class Picture extends Widget {

    Picture(Models models, byte[] png) {
        super(models, Module.CONTROLS, "Image", "Image");
        put("format", "png");
        part("layout", new Layout(models));
        show(png);
    }

    /** Shows another picture, a PNG file's bytes. */
    public void show(byte[] png) {
        put("value", png);
    }

    @Override
    String text() {
        return "[picture]";
    }
}
