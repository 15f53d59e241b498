package org.parsimony.notebook.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.parsimony.notebook.display.Html;
import org.parsimony.notebook.run.Parameter;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.notebook.widget.Box;
import org.parsimony.notebook.widget.CheckBox;
import org.parsimony.notebook.widget.Control;
import org.parsimony.notebook.widget.Slider;
import org.parsimony.notebook.widget.Widget;
import org.parsimony.notebook.widget.Widgets;
import org.parsimony.notebook.widget.Words;

/**
 * Controls of a notebook's parameters. What is moved is the variable's value at once, if it is one that the paper's experiments
 * can take; below them stands the cell that declares the parameters as they are now, to copy over the one that is there.
 */
final class ParamsForm {

    /** How many times its value a slider lets a number become. */
    private static final int FAR = 4;

    private static final String CELL =
            "<pre style=\"user-select:all;line-height:1.35;margin:4px 0\" title=\"a cell to copy\">%s</pre>";

    private final Notebook notebook;
    private final Runnable check;
    private final Map<String, Object> values;
    private final Words cell;
    private final Words complaint;
    private String source;

    /**
     * @param source of the cell that declares the parameters
     * @param values of the parameters now, by name
     * @param check throws IllegalArgumentException if the notebook's parameters cannot be as they are
     */
    ParamsForm(Notebook notebook, String source, Map<String, Object> values, Runnable check) {
        this.notebook = notebook;
        this.source = source;
        this.values = values;
        this.check = check;
        cell = Widgets.html("");
        complaint = Widgets.label("");
    }

    /** The form of the parameters of these names. */
    Box of(List<String> names) {
        for (Map.Entry<String, Object> value : values.entrySet()) {
            write(value.getKey(), String.valueOf(value.getValue()));
        }
        List<Widget> widgets = new ArrayList<>();
        names.forEach(name -> widgets.add(control(name, values.get(name))));
        widgets.add(complaint);
        widgets.add(cell);
        show();
        return Widgets.column(widgets.toArray(Widget[]::new));
    }

    private Control<?> control(String name, Object value) {
        if (value instanceof Boolean yes) {
            CheckBox box = Widgets.checkBox(name, yes);
            box.onChange(moved -> set(name, String.valueOf(moved)));
            return box;
        }
        double number = value instanceof Number some ? some.doubleValue() : 0;
        boolean isWhole = value instanceof Integer || value instanceof Long;
        if (number > 0 && FAR * number < Integer.MAX_VALUE) {
            Slider slider = isWhole
                    ? Widgets.slider(name, 0, (int) (FAR * number), (int) number)
                    : Widgets.slider(name, 0, FAR * number, number);
            slider.onChange(moved -> set(name, isWhole ? String.valueOf(slider.intValue()) : String.valueOf(moved)));
            return slider;
        }
        Control<String> field = Widgets.text(name, String.valueOf(value));
        field.onChange(moved -> set(name, moved));
        return field;
    }

    /** Gives the variable this value; one that it or the experiments cannot take is told, and the value stays. */
    private void set(String name, String text) {
        String before = source;
        try {
            assign(name, write(name, text));
            try {
                check.run();
            } catch (IllegalArgumentException e) {
                source = before;
                assign(name, declared(name));
                throw e;
            }
            complaint.value("");
        } catch (IllegalArgumentException e) {
            complaint.value(e.getMessage());
        }
        show();
    }

    private void assign(String name, Parameter parameter) {
        try {
            notebook.eval(name + " = " + parameter.value() + ";");
        } catch (Exception e) {
            throw new IllegalStateException("cannot set " + name + " to " + parameter.value(), e);
        }
    }

    private Parameter declared(String name) {
        return source.lines()
                .flatMap(line -> Parameter.of(line).stream())
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Puts a value into the cell's text. */
    private Parameter write(String name, String text) {
        Parameter now = declared(name).with(text);
        source = source.lines()
                .map(line -> Parameter.of(line)
                        .filter(parameter -> parameter.name().equals(name))
                        .map(parameter -> now.in(line))
                        .orElse(line))
                .collect(Collectors.joining("\n"));
        return now;
    }

    private void show() {
        cell.value(CELL.formatted(Html.escape(source)));
    }
}
