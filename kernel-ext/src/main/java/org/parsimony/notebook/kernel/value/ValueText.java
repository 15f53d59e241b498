package org.parsimony.notebook.kernel.value;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.BaseStream;

/**
 * A value as text: as its {@code toString} has it where that tells something, else by its contents.
 *
 * <p>Arrays of any type and rank are written as {@link java.util.Arrays#deepToString} writes them, with their shape below
 * where it is not plain to see. Of what is long the first elements are shown, up to 100 of each container, 20 000 characters
 * and 3 seconds in all, and the last line says so. Streams and iterators are not consumed.
 */
public final class ValueText {

    /** Elements shown of one container. */
    static final int ELEMENTS = 100;
    /** Characters shown in all. */
    static final int CHARACTERS = 20_000;
    /** Containers in containers that are opened. */
    static final int DEPTH = 8;

    private static final long NANOS = TimeUnit.SECONDS.toNanos(3);

    private final StringBuilder text = new StringBuilder();
    private final Function<Throwable, String> traces;
    private final long end = System.nanoTime() + NANOS;
    private final Object[] ancestors = new Object[DEPTH];
    private String shortened;

    private ValueText(Function<Throwable, String> traces) {
        this.traces = traces;
    }

    /**
     * The text of {@code value}.
     *
     * @param traces how an exception is written
     */
    public static String of(Object value, Function<Throwable, String> traces) {
        ValueText writer = new ValueText(traces);
        writer.append(value, 0);
        return writer.finished(value);
    }

    private String finished(Object value) {
        String shape = value != null && value.getClass().isArray() ? shape(value) : null;
        boolean nested = shape != null && value.getClass().getComponentType().isArray();
        if (text.length() > CHARACTERS) {
            shortened = "shortened after " + CHARACTERS + " of " + text.length() + " characters";
            text.setLength(CHARACTERS);
            text.append('…');
        }
        if (shortened != null) {
            text.append('\n').append(shape == null ? "" : shape + ", ").append(shortened);
        } else if (nested) {
            text.append('\n').append(shape);
        }
        return withoutWrappers(text.toString());
    }

    /** Without the classes that JShell wraps around what a cell declares. */
    private static String withoutWrappers(String text) {
        return text.contains("$JShell$")
                ? text.replaceAll("(REPL\\.)?\\$JShell\\$(anonymous\\$\\$)?\\w+[.$]?", "")
                : text;
    }

    private void append(Object value, int depth) {
        if (value == null) {
            text.append("null");
        } else if (depth == DEPTH || isAncestor(value, depth)) {
            text.append(depth == DEPTH ? "…" : "(itself)");
        } else {
            ancestors[depth] = value;
            appendKnown(value, depth);
        }
    }

    private boolean isAncestor(Object value, int depth) {
        for (int i = 0; i < depth; i++) {
            if (ancestors[i] == value) {
                return true;
            }
        }
        return false;
    }

    private void appendKnown(Object value, int depth) {
        if (value.getClass().isArray()) {
            appendArray(value, depth);
        } else if (value instanceof BaseStream) {
            text.append("a stream, which showing would consume: call toList() or toArray() to see its elements");
        } else if (value instanceof Optional<?> optional) {
            appendOptional("Optional", optional.isPresent() ? optional.get() : null, depth);
        } else if (value instanceof OptionalInt || value instanceof OptionalLong || value instanceof OptionalDouble) {
            text.append(value);
        } else if (value instanceof Throwable error) {
            text.append(depth == 0 ? traces.apply(error) : error.toString());
        } else if (value instanceof Collection<?> collection && isJavas(value)) {
            appendCollection(collection, depth);
        } else if (value instanceof Map<?, ?> map && isJavas(value)) {
            appendMap(map, depth);
        } else if (value instanceof Record record && hasOwnToString(record)) {
            appendRecord(record, depth);
        } else if (value.getClass().isHidden() && value.getClass().getName().contains("$$Lambda")) {
            Class<?>[] types = value.getClass().getInterfaces();
            text.append(types.length == 0 ? "a lambda" : types[0].getSimpleName() + " (a lambda)");
        } else {
            text.append(value);
        }
    }

    /** Whether the value's text is made by a class of the JDK, which writes its elements. */
    private static boolean isJavas(Object value) {
        try {
            return value.getClass()
                    .getMethod("toString")
                    .getDeclaringClass()
                    .getName()
                    .startsWith("java.");
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** Whether a record's text is the one that every record has, which the compiler makes final. */
    private static boolean hasOwnToString(Record record) {
        try {
            return Modifier.isFinal(record.getClass().getMethod("toString").getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private void appendOptional(String name, Object content, int depth) {
        if (content == null) {
            text.append(name).append(".empty");
        } else {
            text.append(name).append('[');
            append(content, depth + 1);
            text.append(']');
        }
    }

    private void appendArray(Object array, int depth) {
        int length = Array.getLength(array);
        text.append('[');
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                text.append(", ");
            }
            if (mustStop(i, length)) {
                break;
            }
            append(Array.get(array, i), depth + 1);
        }
        text.append(']');
    }

    private void appendCollection(Collection<?> collection, int depth) {
        text.append('[');
        try {
            int i = 0;
            for (Iterator<?> elements = collection.iterator(); elements.hasNext(); i++) {
                if (i > 0) {
                    text.append(", ");
                }
                if (mustStop(i, collection.size())) {
                    break;
                }
                append(elements.next(), depth + 1);
            }
        } catch (ConcurrentModificationException e) {
            shortened = "shortened: another thread changed it meanwhile";
        }
        text.append(']');
    }

    private void appendMap(Map<?, ?> map, int depth) {
        text.append('{');
        try {
            int i = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (i > 0) {
                    text.append(", ");
                }
                if (mustStop(i++, map.size())) {
                    break;
                }
                append(entry.getKey(), depth + 1);
                text.append('=');
                append(entry.getValue(), depth + 1);
            }
        } catch (ConcurrentModificationException e) {
            shortened = "shortened: another thread changed it meanwhile";
        }
        text.append('}');
    }

    private void appendRecord(Record record, int depth) {
        text.append(record.getClass().getSimpleName()).append('[');
        String separator = "";
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            text.append(separator).append(component.getName()).append('=');
            separator = ", ";
            append(content(record, component), depth + 1);
        }
        text.append(']');
    }

    private static Object content(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return "(not accessible)";
        }
    }

    private boolean mustStop(int index, int length) {
        if (Thread.currentThread().isInterrupted()) {
            shortened = "shortened: interrupted";
        } else if (index >= ELEMENTS) {
            shortened = "shortened after " + ELEMENTS + " of " + length + " elements";
        } else if (text.length() > CHARACTERS) {
            shortened = "shortened after " + CHARACTERS + " characters";
        } else if (System.nanoTime() > end) {
            shortened = "shortened after " + TimeUnit.NANOSECONDS.toSeconds(NANOS) + " seconds";
        } else {
            return false;
        }
        text.append('…');
        return true;
    }

    /** {@code double[2][3]}; of rows of unequal length {@code double[2][…]}. */
    private static String shape(Object array) {
        Class<?> type = array.getClass();
        StringBuilder shape = new StringBuilder();
        Object level = array;
        while (type.isArray()) {
            shape.append('[')
                    .append(level == null ? "…" : Array.getLength(level))
                    .append(']');
            type = type.getComponentType();
            level = type.isArray() && level != null ? firstIfAllAlike(level) : null;
        }
        return type.getSimpleName() + shape;
    }

    private static Object firstIfAllAlike(Object rows) {
        Object first = Array.getLength(rows) == 0 ? null : Array.get(rows, 0);
        for (int i = 0; i < Array.getLength(rows); i++) {
            Object row = Array.get(rows, i);
            if (row == null || first == null || Array.getLength(row) != Array.getLength(first)) {
                return null;
            }
        }
        return first;
    }
}
