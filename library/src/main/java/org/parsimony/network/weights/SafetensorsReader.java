package org.parsimony.network.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.base.Require;

/**
 * {@code .safetensors}: eight bytes of length, a JSON head of names, types, shapes and offsets, raw arrays. Floats of 16, 32
 * and 64 bits and bfloat16 are read, whole numbers left out; of a {@code .table} with {@code .indices} the array that they
 * stand for.
 */
final class SafetensorsReader {

    private static final String TABLE = ".table";
    private static final String INDICES = ".indices";
    /** Arrays that count batches and hold no weights. */
    private static final String COUNTER = "num_batches_tracked";

    /**
     * What a file holds.
     *
     * @param network what it computes, if the file says so, or null
     * @param arrays in the order of the head
     */
    record Content(String network, List<NamedArray> arrays) {}

    private SafetensorsReader() {}

    /** Whether a file begins with a length and a JSON object, as far as 9 bytes tell. */
    static boolean begins(byte[] start) {
        return start.length >= 8 && start[5] == 0 && start[6] == 0 && start[7] == 0 && length(start) >= 2;
    }

    private static long length(byte[] start) {
        return ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** Throws IllegalArgumentException, with the file's name, if it is damaged. */
    static Content read(Path file) throws IOException {
        Require.that(
                Files.size(file) <= Integer.MAX_VALUE - 8,
                "%s has %d bytes, but weights of at most 2 GB are read",
                file,
                Files.size(file));
        byte[] bytes = Files.readAllBytes(file);
        try {
            return content(bytes);
        } catch (JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | ClassCastException
                | NumberFormatException
                | NullPointerException e) {
            throw new IllegalArgumentException(file + " has a head that is no JSON of arrays; copy it again", e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(file + " cannot be read as .safetensors: " + e.getMessage(), e);
        }
    }

    private static Content content(byte[] bytes) {
        Require.that(bytes.length >= 8, "it has only %d bytes; copy it again", bytes.length);
        long length = length(bytes);
        Require.that(
                length >= 2 && length <= bytes.length - 8L,
                "it states a head of %d bytes, but only %d are there; copy it again",
                length,
                bytes.length - 8);
        int start = 8 + (int) length;
        JsonObject head = JsonParser.parseString(new String(bytes, 8, (int) length, StandardCharsets.UTF_8))
                .getAsJsonObject();
        Map<String, NamedArray> arrays = new LinkedHashMap<>();
        String network = null;
        for (Map.Entry<String, JsonElement> entry : head.entrySet()) {
            JsonObject object = entry.getValue().getAsJsonObject();
            if (entry.getKey().equals("__metadata__")) {
                JsonElement own = object.get("network");
                network = own == null ? null : own.getAsString();
            } else if (!entry.getKey().endsWith(COUNTER)) {
                arrays.put(entry.getKey(), array(entry.getKey(), object, bytes, start));
            }
        }
        return new Content(network, joined(arrays));
    }

    private static NamedArray array(String name, JsonObject entry, byte[] bytes, int start) {
        String type = entry.get("dtype").getAsString();
        int[] shape = entry.getAsJsonArray("shape").asList().stream()
                .mapToInt(JsonElement::getAsInt)
                .toArray();
        JsonArray offsets = entry.getAsJsonArray("data_offsets");
        Require.that(
                offsets.size() == 2,
                "array \"%s\" has %d data_offsets, but must have two, of its first byte and behind its last; copy it again",
                name,
                offsets.size());
        long from = offsets.get(0).getAsLong();
        long to = offsets.get(1).getAsLong();
        int width =
                switch (type) {
                    case "F64" -> 8;
                    case "F32" -> 4;
                    case "F16", "BF16" -> 2;
                    case "U8" -> 1;
                    default ->
                        throw new IllegalArgumentException("array \"" + name + "\" is of type " + type
                                + ", but must be of F64, F32, F16 or BF16; save the weights as floats");
                };
        Require.that(
                from >= 0 && to >= from && to <= bytes.length - start,
                "array \"%s\" lies from %d to %d, but there are %d bytes; copy it again",
                name,
                from,
                to,
                bytes.length - start);
        long length = 1;
        for (int side : shape) {
            Require.that(side >= 0, "array \"%s\" has a side of %d", name, side);
            length = Math.multiplyExact(length, side);
        }
        Require.that(
                Math.multiplyExact(length, width) == to - from,
                "array \"%s\" must have %d values of %s, but has %d bytes; copy it again",
                name,
                length,
                type,
                to - from);
        ByteBuffer raw = ByteBuffer.wrap(bytes, start + (int) from, (int) (to - from))
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[(int) length];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case "F64" -> (float) raw.getDouble();
                case "F32" -> raw.getFloat();
                case "BF16" -> Float.intBitsToFloat(raw.getShort() << 16);
                case "U8" -> raw.get() & 0xff;
                default -> half(raw.getShort());
            };
        }
        return new NamedArray(name, shape, values);
    }

    /** The value of a float of 16 bits. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float size = exponent == 0
                ? Math.scalb((float) fraction, -24)
                : exponent == 0x1f
                        ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                        : Math.scalb(1 + fraction / 1024f, exponent - 15);
        return bits < 0 ? -size : size;
    }

    /** Tables and indices put together. */
    private static List<NamedArray> joined(Map<String, NamedArray> arrays) {
        List<NamedArray> joined = new ArrayList<>();
        arrays.forEach((name, array) -> {
            NamedArray table = name.endsWith(INDICES) ? arrays.get(stem(name, INDICES) + TABLE) : null;
            boolean part = name.endsWith(TABLE) && arrays.containsKey(stem(name, TABLE) + INDICES);
            if (table != null) {
                float[] values = new float[array.values().length];
                for (int i = 0; i < values.length; i++) {
                    int index = (int) array.values()[i];
                    Require.that(
                            index < table.values().length,
                            "array \"%s\" names value %d of %d; copy the file again",
                            name,
                            index,
                            table.values().length);
                    values[i] = table.values()[index];
                }
                joined.add(new NamedArray(stem(name, INDICES), array.shape(), values));
            } else if (!part) {
                joined.add(array);
            }
        });
        return joined;
    }

    private static String stem(String name, String ending) {
        return name.substring(0, name.length() - ending.length());
    }
}
