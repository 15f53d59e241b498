package org.parsimony.base;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Any record to and from the values of {@link Json}, by its components: numbers, booleans, strings, enums (in lower
 * case, with hyphens), arrays, lists, maps with string keys, nested records, and sealed interfaces of records (with a
 * key {@code type} that holds the record's simple name).
 */
public final class Records {

    private Records() {}

    /** The components of a record by name, in normal form. */
    public static SortedMap<String, Object> write(Record record) {
        SortedMap<String, Object> map = new TreeMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            map.put(component.getName(), write(get(component, record)));
        }
        return map;
    }

    /** The value of one component. */
    public static Object get(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static Object write(Object value) {
        if (value instanceof Record record) {
            SortedMap<String, Object> map = write(record);
            if (ofSealed(record.getClass())) {
                map.put("type", record.getClass().getSimpleName());
            }
            return map;
        }
        if (value instanceof Enum<?> constant) {
            return name(constant);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Records::write).collect(Collectors.toCollection(ArrayList::new));
        }
        if (value instanceof Instant) {
            return value.toString();
        }
        if (value != null && value.getClass().isArray()) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                list.add(write(Array.get(value, i)));
            }
            return list;
        }
        return Json.normal(value);
    }

    /**
     * Makes a record from values by component name.
     *
     * @param what the record's name in messages, for example {@code "options of optinet"}
     * @param defaults what a missing component takes, or null if none may be missing
     * @throws IllegalArgumentException for an unknown, missing or ill-typed component, or as the record's constructor
     */
    public static <R extends Record> R read(String what, Map<String, ?> values, Class<R> type, R defaults) {
        RecordComponent[] components = type.getRecordComponents();
        TreeSet<String> known =
                Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toCollection(TreeSet::new));
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        what + ": \"" + key + "\" is unknown; known are " + String.join(", ", known));
            }
        }
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            if (values.containsKey(name)) {
                arguments[i] = read(what + ": " + name, values.get(name), components[i].getGenericType());
            } else if (defaults != null) {
                arguments[i] = get(components[i], defaults);
            } else {
                throw new IllegalArgumentException(what + ": \"" + name + "\" is missing; add it");
            }
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return construct(type.getDeclaredConstructor(types), arguments);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
    }

    /** The record of the no-argument constructor, which is where the house keeps defaults; null if there is none. */
    public static <R extends Record> R defaults(Class<R> type) {
        try {
            return construct(type.getDeclaredConstructor());
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static <R> R construct(Constructor<R> constructor, Object... arguments) {
        try {
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException("cannot make a " + constructor.getDeclaringClass(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + constructor.getDeclaringClass(), e);
        }
    }

    private static Object read(String what, Object value, Type type) {
        if (type instanceof ParameterizedType generic && value != null) {
            Type element = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (generic.getRawType() == List.class) {
                return list(what, value).stream()
                        .map(item -> read(what, item, element))
                        .toList();
            }
            if (generic.getRawType() == Map.class || generic.getRawType() == SortedMap.class) {
                SortedMap<String, Object> map = new TreeMap<>();
                map(what, value).forEach((key, v) -> map.put(key, read(what + "." + key, v, element)));
                return map;
            }
        }
        return type instanceof Class<?> plain ? read(what, value, plain) : refuse(what, value, "of type " + type);
    }

    private static boolean ofSealed(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
    }

    private static Object read(String what, Object value, Class<?> type) {
        if (type == Object.class) {
            return value;
        }
        if (value == null) {
            if (type == double.class) {
                return Double.NaN; // JSON has no NaN, so Json.write left null
            }
            return type.isPrimitive() ? refuse(what, null, "a " + type) : null;
        }
        if (type == double.class || type == Double.class) {
            return value instanceof Number n ? n.doubleValue() : refuse(what, value, "a number");
        }
        if (type == float.class || type == Float.class) {
            return value instanceof Number n ? n.floatValue() : refuse(what, value, "a number");
        }
        if (type == long.class || type == Long.class) {
            return value instanceof Long n ? n : refuse(what, value, "a whole number");
        }
        if (type == int.class || type == Integer.class) {
            return value instanceof Long n && n == n.intValue() ? n.intValue() : refuse(what, value, "a whole number");
        }
        if (type == boolean.class || type == Boolean.class) {
            return value instanceof Boolean ? value : refuse(what, value, "true or false");
        }
        if (type == String.class) {
            return value instanceof String ? value : refuse(what, value, "a text");
        }
        if (type == Instant.class) {
            return value instanceof String text ? Instant.parse(text) : refuse(what, value, "a time");
        }
        if (type.isEnum()) {
            return constant(what, value, type);
        }
        if (type.isArray()) {
            // One number stands for a list of one.
            List<?> items = value instanceof Number ? List.of(value) : list(what, value);
            Object array = Array.newInstance(type.getComponentType(), items.size());
            for (int i = 0; i < items.size(); i++) {
                Array.set(array, i, read(what, items.get(i), type.getComponentType()));
            }
            return array;
        }
        if (type.isRecord()) {
            return nested(what, map(what, value), type.asSubclass(Record.class));
        }
        if (type.isSealed()) {
            SortedMap<String, Object> map = new TreeMap<>(map(what, value));
            Object name = map.remove("type");
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                if (permitted.getSimpleName().equals(name)) {
                    return nested(what, map, permitted.asSubclass(Record.class));
                }
            }
            return refuse(
                    what + ".type",
                    name,
                    "one of "
                            + Arrays.stream(type.getPermittedSubclasses())
                                    .map(Class::getSimpleName)
                                    .collect(Collectors.joining(", ")));
        }
        return refuse(what, value, "of " + type + ", which no recipe can hold");
    }

    private static <R extends Record> R nested(String what, Map<String, ?> map, Class<R> type) {
        return read(what, map, type, defaults(type));
    }

    private static Object constant(String what, Object value, Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            String name = name((Enum<?>) constant);
            if (name.equals(value)) {
                return constant;
            }
            names.add(name);
        }
        return refuse(what, value, "one of " + String.join(", ", names));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<?> list(String what, Object value) {
        return value instanceof List<?> list ? list : (List<?>) refuse(what, value, "a list [ … ]");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> map(String what, Object value) {
        return (Map<String, ?>) (value instanceof Map<?, ?> map ? map : refuse(what, value, "an object { … }"));
    }

    private static Object refuse(String what, Object value, String must) {
        throw new IllegalArgumentException(what + " is " + Json.write(value) + ", but must be " + must);
    }

    /**
     * A word that a person wrote as a value of {@code type}: numbers, true or false, a constant in any case, texts, and of
     * arrays and lists the items with commas between, possibly none.
     *
     * @throws IllegalArgumentException naming {@code what}, the word, and what must stand there
     */
    public static Object parse(String what, String word, Class<?> type) {
        return read(what, plain(what, word, type), type);
    }

    /** The same in normal form, as {@link #write} has it: constants in small letters, numbers as Long or Double. */
    public static Object plain(String what, String word, Class<?> type) {
        if (type.isArray() || type == List.class) {
            Class<?> item = type.isArray() ? type.getComponentType() : Object.class;
            List<Object> items = new ArrayList<>();
            String inside = word.strip().replaceAll("^\\[|]$", "").strip();
            if (!inside.isEmpty()) {
                Arrays.stream(inside.split("\\s*,\\s*|\\s+")).forEach(part -> items.add(plain(what, part, item)));
            }
            return items;
        }
        if (type.isEnum()) {
            return constant(what, word.toLowerCase(Locale.ROOT).replace('_', '-'), type) instanceof Enum<?> constant
                    ? name(constant)
                    : word;
        }
        if (type == boolean.class || type == Boolean.class) {
            return word.equals("true") ? Boolean.TRUE : word.equals("false") ? Boolean.FALSE : word;
        }
        if (type == String.class) {
            return word;
        }
        try {
            return Json.normal(new java.math.BigDecimal(word));
        } catch (NumberFormatException e) {
            return type == Object.class ? word : refuse(what, word, "a number");
        }
    }

    /** A value in normal form as a person writes it: {@link #plain} reads it back. */
    public static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.isEmpty() ? "[]" : list.stream().map(Records::text).collect(Collectors.joining(","));
        }
        return value instanceof String text ? text : Json.write(value);
    }
}
