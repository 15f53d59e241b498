package org.parsimony.base;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Canonical JSON: one text for one value. Keys are sorted, there are no spaces, and equal numbers are written alike, so
 * that the hash of the text is the name of the value.
 *
 * <p>Values are null, Boolean, Long, Double, String, List and SortedMap; a number with no fraction is a Long.
 */
public final class Json {

    private Json() {}

    /** The value in its normal form: 1, 1.0 and 1e0 are the same Long. */
    public static Object normal(Object value) {
        if (value == null || value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Map<?, ?> map) {
            SortedMap<String, Object> sorted = new TreeMap<>();
            map.forEach((key, v) -> sorted.put(String.valueOf(key), normal(v)));
            return sorted;
        }
        if (value instanceof Collection<?> items) {
            List<Object> list = new ArrayList<>();
            items.forEach(item -> list.add(normal(item)));
            return list;
        }
        throw new IllegalArgumentException("a value is of " + value.getClass()
                + ", but must be a number, a text, a boolean, a list or a map with texts as keys");
    }

    private static Number number(Number number) {
        if ((number instanceof Double || number instanceof Float) && !Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        BigDecimal exact = number instanceof BigDecimal big
                ? big
                : new BigDecimal(number.toString()); // a Float keeps its own digits
        try {
            return exact.longValueExact();
        } catch (ArithmeticException fractional) {
            return exact.doubleValue();
        }
    }

    /** Canonical text of a value in normal form; NaN and infinities, which JSON does not have, become null. */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof String text) {
            quote(text, out);
        } else if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                quote((String) entry.getKey(), out.append(separator));
                write(entry.getValue(), out.append(':'));
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object item : list) {
                write(item, out.append(separator));
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Double number) {
            out.append(Double.isFinite(number) ? digits(number) : "null");
        } else {
            out.append(value);
        }
    }

    /**
     * The fewest digits that read back as {@code value}. Not {@link Double#toString}: that changed its mind in JDK 19,
     * and the name of a run must not depend on the JDK.
     */
    public static String digits(double value) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        for (int precision = 1; precision <= 17; precision++) {
            shortest = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (shortest.doubleValue() == value) {
                break;
            }
        }
        shortest = shortest.stripTrailingZeros();
        boolean moderate = shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= 21;
        return moderate ? shortest.toPlainString() : shortest.toString();
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c) && !paired(text, i)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /** Reads one JSON value, strictly; a key that stands twice in one object is refused. */
    public static Object read(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            Object value = read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException("there is more text after the end of the JSON value");
            }
            return value;
        } catch (MalformedJsonException | java.io.EOFException e) {
            throw new IllegalArgumentException("this is not JSON: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read from memory", e);
        }
    }

    /** Reads a JSON object. */
    @SuppressWarnings("unchecked")
    public static SortedMap<String, Object> readObject(String what, String text) {
        Object value;
        try {
            value = read(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " cannot be read: " + e.getMessage(), e);
        }
        if (value instanceof SortedMap<?, ?> map) {
            return (SortedMap<String, Object>) map;
        }
        throw new IllegalArgumentException(what + " is " + write(value) + ", but must be a JSON object {…}");
    }

    private static Object read(JsonReader reader) throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                SortedMap<String, Object> map = new TreeMap<>();
                reader.beginObject();
                while (reader.hasNext()) {
                    String key = reader.nextName();
                    if (map.containsKey(key)) {
                        throw new IllegalArgumentException("the key \"" + key + "\" stands twice; keep one");
                    }
                    map.put(key, read(reader));
                }
                reader.endObject();
                return map;
            }
            case BEGIN_ARRAY -> {
                List<Object> list = new ArrayList<>();
                reader.beginArray();
                while (reader.hasNext()) {
                    list.add(read(reader));
                }
                reader.endArray();
                return list;
            }
            case STRING -> {
                return reader.nextString();
            }
            case BOOLEAN -> {
                return reader.nextBoolean();
            }
            case NUMBER -> {
                String digits = reader.nextString();
                Number number = number(new BigDecimal(digits));
                if (!Double.isFinite(number.doubleValue())) {
                    throw new IllegalArgumentException("the number " + digits + " is beyond the range of a double");
                }
                return number;
            }
            default -> {
                reader.nextNull();
                return null;
            }
        }
    }
}
