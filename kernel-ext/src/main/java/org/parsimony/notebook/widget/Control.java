package org.parsimony.notebook.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A widget with a value that both a person and a program can set.
 *
 * @param <T> type of its value
 */
public abstract class Control<T> extends Widget {

    private final String description;
    private final String key;
    private final List<Listener<T>> listeners = new CopyOnWriteArrayList<>();

    /** Who hears of a new value, and the cell it belongs to. */
    private record Listener<T>(Consumer<T> action, Executor cell) {}

    /** @param key under which the state has the value */
    Control(Models models, String model, String view, String description, String key) {
        super(models, Module.CONTROLS, model, view);
        this.description = description;
        this.key = key;
        put("description", description);
        Style style = Style.of(models, model);
        if (style != null) {
            part("style", style);
        }
        part("layout", new Layout(models));
    }

    /** The words beside it. */
    public final String description() {
        return description;
    }

    /** Its value now. */
    public final T value() {
        return read(get(key));
    }

    /**
     * Sets its value here and in every front end; listeners hear of it.
     *
     * @throws IllegalArgumentException if it cannot have this value; the message says which it can
     */
    public final void value(T value) {
        JsonElement written = write(value);
        if (!written.equals(get(key))) {
            put(key, written);
            listeners.forEach(listener -> listener.action.accept(value));
        }
    }

    /**
     * Calls {@code listener} with each new value, in the thread of cells; what it prints, and what it fails with, stands
     * below the cell that called this.
     */
    public final void onChange(Consumer<T> listener) {
        listeners.add(new Listener<>(listener, models().notebook().thisCell()));
    }

    @Override
    final void received(JsonObject changed) {
        if (changed.has(key)) {
            T value = read(changed.get(key));
            listeners.forEach(listener -> listener.cell.execute(() -> listener.action.accept(value)));
        }
    }

    /** The value that a state holds. */
    abstract T read(JsonElement state);

    /** What a state holds of a value; throws IllegalArgumentException if it may not be. */
    abstract JsonElement write(T value);

    /** Sets the first value, before anybody listens. */
    final void begin(T value) {
        put(key, write(value));
    }

    final IllegalArgumentException refused(Object value, String must) {
        return new IllegalArgumentException(description + " is " + value + ", but must be " + must);
    }

    @Override
    String text() {
        return description + " = " + value();
    }
}
