package org.parsimony.notebook.widget;

/** The room for a control's description: as much as it needs, where front ends cut off long words. */
final class Style extends Widget {

    private Style(Models models, String kind) {
        super(models, Module.CONTROLS, kind + "Style", "Style");
        put("description_width", "initial");
    }

    /** Of the controls of this model; null for those that have no description to give room to. */
    static Style of(Models models, String model) {
        if (model.equals("Button") || model.equals("ToggleButtons") && models.ipywidgets() == 7) {
            return null;
        }
        if (model.equals("ToggleButtons")) {
            return new Style(models, "ToggleButtons");
        }
        if (model.endsWith("Slider")) {
            return new Style(models, "Slider");
        }
        if (model.endsWith("Progress")) {
            return new Style(models, "Progress");
        }
        boolean ownStyle = models.ipywidgets() == 8;
        return new Style(
                models,
                switch (model) {
                    case "Checkbox" -> ownStyle ? "Checkbox" : "Description";
                    case "Text" -> ownStyle ? "Text" : "Description";
                    case "Label" -> ownStyle ? "Label" : "Description";
                    case "HTML" -> ownStyle ? "HTML" : "Description";
                    default -> "Description";
                });
    }

    @Override
    String text() {
        return "";
    }
}
