package org.parsimony.notebook.widget;

/** How wide a widget is. */
final class Layout extends Widget {

    Layout(Models models) {
        super(models, Module.BASE, "Layout", "Layout");
    }

    static Layout width(Models models, String width) {
        Layout layout = new Layout(models);
        layout.put("width", width);
        return layout;
    }

    @Override
    String text() {
        return "";
    }
}
