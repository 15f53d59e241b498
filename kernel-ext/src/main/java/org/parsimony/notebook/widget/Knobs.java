package org.parsimony.notebook.widget;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.parsimony.base.Describe;
import org.parsimony.base.Records;

/** The controls of an options record: their ranges and words are those of its {@link Describe} annotations. */
final class Knobs<O extends Record> implements Dials<O> {

    /** How many times its first value a number may become whose range has no end. */
    private static final double FAR = 4;

    private final O start;
    private final Map<String, Control<?>> controls = new LinkedHashMap<>();
    private final Map<String, Class<?>> types = new LinkedHashMap<>();

    /** @param names of the components that get a control; none for all */
    Knobs(Models models, O start, List<String> names) {
        this.start = start;
        List<RecordComponent> components = List.of(start.getClass().getRecordComponents());
        for (String name : names) {
            if (components.stream().noneMatch(each -> each.getName().equals(name))) {
                throw new IllegalArgumentException("there is no option " + name + "; the options are "
                        + String.join(
                                ", ",
                                components.stream()
                                        .map(RecordComponent::getName)
                                        .toList()));
            }
        }
        for (RecordComponent component : components) {
            if (names.isEmpty() || names.contains(component.getName())) {
                types.put(component.getName(), component.getType());
                Object normal = Records.write(start).get(component.getName());
                controls.put(component.getName(), control(models, component, Records.get(component, start), normal));
            }
        }
    }

    /** {@link #Knobs} of a record of whatever type. */
    static <R extends Record> Knobs<R> of(Models models, R start, List<String> names) {
        return new Knobs<>(models, start, names);
    }

    private static Control<?> control(Models models, RecordComponent component, Object value, Object normal) {
        String name = component.getName();
        Class<?> type = component.getType();
        if (type == boolean.class) {
            return new CheckBox(models, name, (Boolean) value);
        }
        if (type.isEnum()) {
            return new Choice<>(models, "Dropdown", name, Arrays.asList(type.getEnumConstants()), value);
        }
        if (value instanceof Number number && type.isPrimitive()) {
            return slider(models, name, component.getAnnotation(Describe.class), number.doubleValue(), isWhole(type));
        }
        if (normal instanceof List<?> items && items.size() == 1 && items.get(0) instanceof Number only) {
            boolean whole = type.isArray() && isWhole(type.getComponentType());
            return slider(models, name, component.getAnnotation(Describe.class), only.doubleValue(), whole);
        }
        return new TextField(models, name, Records.text(normal));
    }

    private static boolean isWhole(Class<?> type) {
        return type == int.class || type == long.class;
    }

    private static Slider slider(Models models, String name, Describe range, double value, boolean whole) {
        double least = range == null || Double.isInfinite(range.least()) ? Math.min(0, FAR * value) : range.least();
        double most = range == null || Double.isInfinite(range.most())
                ? Math.max(least + 1, FAR * Math.max(value, least))
                : range.most();
        return new Slider(
                models, name, whole ? Slider.Scale.WHOLE : Slider.Scale.LINEAR, least, Math.min(most, 1e9), value);
    }

    @Override
    public List<Control<?>> controls() {
        return new ArrayList<>(controls.values());
    }

    /**
     * The options that the controls say now.
     *
     * @throws IllegalArgumentException if the record refuses them together; the message names the option
     */
    @Override
    @SuppressWarnings("unchecked")
    public O setting() {
        SortedMap<String, Object> values = Records.write(start);
        controls.forEach((name, control) -> values.put(name, plain(name, control, types.get(name))));
        return Records.read("option", values, (Class<O>) start.getClass(), start);
    }

    private static Object plain(String name, Control<?> control, Class<?> type) {
        if (control instanceof Slider slider) {
            boolean isList = !type.isPrimitive();
            Object number = isWhole(isList && type.isArray() ? type.getComponentType() : type)
                    ? (Object) (long) slider.intValue()
                    : slider.value();
            return isList ? List.of(number) : number;
        }
        if (control instanceof CheckBox box) {
            return box.value();
        }
        String word = control.value() instanceof Enum<?> constant ? constant.name() : String.valueOf(control.value());
        return Records.plain(name, word, type);
    }
}
