package org.parsimony.notebook.widget;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Workplace;
import org.parsimony.method.Context;
import org.parsimony.notebook.spi.Notebook;

/**
 * Makes controls in a cell: {@code Slider percentile = slider("percentile", 50, 99)}. A widget that is a cell's last value,
 * or is given to {@code display}, is drawn; it shows the same value wherever it is drawn.
 *
 * <p>A kernel is a process with exactly one notebook; the extension sets its {@link Models} here once, since a cell has no
 * other way to know them.
 */
public final class Widgets {

    private static volatile Models models;

    private Widgets() {}

    /** Makes widgets those of a running notebook, and lets it show them. */
    @SuppressWarnings("unchecked")
    public static void in(Notebook notebook, int ipywidgets) {
        Models ours = new Models(notebook, ipywidgets);
        models = ours;
        notebook.register(Widget.class, ours);
        // A class literal has no type arguments; the renderer takes what explores whatever options.
        notebook.register((Class<Explore<?>>) (Class<?>) Explore.class, explore -> ours.render(explore.widget()));
        notebook.register(Flip.class, new FlipRenderer(notebook));
    }

    private static Models here() {
        if (models == null) {
            throw new IllegalStateException("no notebook is running: widgets are drawn by a notebook's front end");
        }
        return models;
    }

    /** A slider over whole numbers, at the least of them. */
    public static Slider slider(String description, int least, int most) {
        return slider(description, least, most, least);
    }

    /** A slider over whole numbers. */
    public static Slider slider(String description, int least, int most, int value) {
        return new Slider(here(), description, Slider.Scale.WHOLE, least, most, value);
    }

    /** A slider over real numbers. */
    public static Slider slider(String description, double least, double most, double value) {
        return new Slider(here(), description, Slider.Scale.LINEAR, least, most, value);
    }

    /** A slider over numbers above 0 in equal ratios. */
    public static Slider logSlider(String description, double least, double most, double value) {
        return new Slider(here(), description, Slider.Scale.LOGARITHMIC, least, most, value);
    }

    /** A slider with two ends, which take in the whole range at first. */
    public static RangeSlider range(String description, double least, double most) {
        return new RangeSlider(here(), description, least, most);
    }

    /** A list to open, of which the first value is chosen. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> Choice<T> dropdown(String description, T... values) {
        return new Choice<>(here(), "Dropdown", description, List.of(values), values[0]);
    }

    /** Buttons side by side, of which the first is pressed. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> Choice<T> toggles(String description, T... values) {
        return new Choice<>(here(), "ToggleButtons", description, List.of(values), values[0]);
    }

    /** A box to check. */
    public static CheckBox checkBox(String description, boolean value) {
        return new CheckBox(here(), description, value);
    }

    /** A line to type. */
    public static TextField text(String description, String value) {
        return new TextField(here(), description, value);
    }

    /** A button to press. */
    public static Button button(String description) {
        return new Button(here(), description);
    }

    /** Plain words. */
    public static Words label(String text) {
        return new Words(here(), "Label", text);
    }

    /** Words in HTML. */
    public static Words html(String html) {
        return new Words(here(), "HTML", html);
    }

    /** A picture, of a PNG file's bytes. */
    public static Picture picture(byte[] png) {
        return new Picture(here(), png);
    }

    /** A place for values. */
    public static Output output() {
        return new Output(here());
    }

    /** A bar for how far something is. */
    public static ProgressBar progressBar(String description) {
        return new ProgressBar(here(), description);
    }

    /** Widgets one below the other. */
    public static Box column(Widget... widgets) {
        return new Box(here(), "VBox", List.of(widgets), List.of());
    }

    /** Widgets side by side. */
    public static Box row(Widget... widgets) {
        return new Box(here(), "HBox", List.of(widgets), List.of());
    }

    /** Widgets behind tabs. */
    public static Box tabs(List<String> titles, Widget... widgets) {
        return new Box(here(), "Tab", List.of(widgets), titles);
    }

    /** Widgets that unfold below their titles. */
    public static Box accordion(List<String> titles, Widget... widgets) {
        return new Box(here(), "Accordion", List.of(widgets), titles);
    }

    /**
     * Controls for options of a method, and below them what it gives with the values they have: {@code explore(new
     * Pruning.Options(), (options, context) -> Pruning.run(Importance.MAGNITUDE, model, data, options, context), "ratio")}. A move while it
     * computes takes the place of what is computed.
     *
     * @param start the options at first
     * @param method computes what is shown: an outcome is shown as its row and its figure, all else as itself
     * @param names of the options that get a control; all of them if none is named
     */
    public static <O extends Record> Explore<O> explore(O start, BiFunction<O, Context, ?> method, String... names) {
        return new Explore<>(here(), new Knobs<>(here(), start, List.of(names)), method, Explore::faces);
    }

    /**
     * Controls for options of a recipe's steps, and below them the run that each position is: its row, its steps, and all
     * positions so far, validation accuracy against bytes. Each is in the run store as any other run and is computed once; steps before
     * the one that was moved are not computed again.
     *
     * @param names of options, {@code "k"}, or where several steps have an option of this name {@code "quantise.k"}
     * @throws IllegalArgumentException for a name that no step's option has, or those of several
     */
    public static Explore<Recipe> explore(Recipe recipe, String... names) {
        Positions positions = new Positions(Workplace.here());
        return new Explore<>(here(), new RecipeKnobs(here(), recipe, List.of(names)), positions::run, positions::faces);
    }

    /**
     * A slider made of what it shows, which moves without a kernel, also in a saved notebook and an exported page.
     *
     * @param title what the positions are values of
     * @param values by position: figures, tables, whatever a cell can show
     */
    public static Flip flip(String title, Map<?, ?> values) {
        return Flip.of(title, values);
    }

    /** {@link #flip(String, Map)} of what {@code value} gives for each position. */
    public static <P> Flip flip(String title, Iterable<P> positions, Function<? super P, ?> value) {
        return Flip.of(title, positions, value);
    }
}
