package org.parsimony.export.c;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.parsimony.export.Parts;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.graph.Blueprint.Node;

/** A network as a C header. */
public final class CExport {

    private static final int BYTES_A_LINE = 24;
    private static final int NUMBERS_A_LINE = 16;

    private CExport() {}

    /**
     * The header's text. It defines {@code NAME_predict(const float *x, float *y)}, {@code NAME_INPUTS} and
     * {@code NAME_OUTPUTS}, and everything else with the same prefix.
     *
     * @param name of the network; what C does not allow in names becomes an underscore
     * @throws IllegalArgumentException if a weight is not finite
     */
    public static byte[] header(Parts parts, String name) {
        String lower = identifier(name);
        String upper = lower.toUpperCase(Locale.ROOT);
        Program program = new Program(parts);
        byte[] code = program.constants().code();
        List<Float> values = program.constants().values();
        List<Integer> numbers = program.numbers();
        List<Node> nodes = parts.blueprint().nodes();
        Shape output =
                parts.blueprint().shapes().get(nodes.get(nodes.size() - 1).name());
        StringBuilder text = new StringBuilder();
        text.append("/* ").append(lower).append(": ").append(code.length).append(" bytes of code, ");
        text.append(values.size()).append(" floats and ").append(numbers.size());
        text.append(" whole numbers, all read-only. Written by Parsimony. */\n");
        text.append("#ifndef ")
                .append(upper)
                .append("_H\n#define ")
                .append(upper)
                .append("_H\n\n");
        text.append("#include <math.h>\n#include <stdint.h>\n\n");
        define(text, upper + "_INPUTS", parts.blueprint().inputSize());
        define(text, upper + "_OUTPUTS", output.size());
        define(text, upper + "_MEMORY", program.memory());
        array(text, "uint8_t", lower + "_code", code.length, BYTES_A_LINE, i -> Integer.toString(code[i] & 0xff));
        array(text, "float", lower + "_values", values.size(), NUMBERS_A_LINE / 2, i -> values.get(i) + "f");
        array(text, "int32_t", lower + "_program", numbers.size(), NUMBERS_A_LINE, i -> "" + numbers.get(i));
        text.append('\n').append(runtime().replace("NET_", upper + "_").replace("net_", lower + "_"));
        return text.append("\n#endif\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void define(StringBuilder text, String name, int value) {
        text.append("#define ").append(name).append(' ').append(value).append('\n');
    }

    private static void array(
            StringBuilder text, String type, String name, int length, int aLine, IntFunction<String> item) {
        text.append("\nstatic const ").append(type).append(' ').append(name).append('[');
        text.append(Math.max(1, length)).append("] = {");
        for (int i = 0; i < Math.max(1, length); i++) {
            text.append(i % aLine == 0 ? "\n    " : " ")
                    .append(length == 0 ? "0" : item.apply(i))
                    .append(',');
        }
        text.append("\n};\n");
    }

    private static String identifier(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_");
        return lower.matches("[a-z].*") ? lower : "net_" + lower;
    }

    private static String runtime() {
        try (InputStream in = CExport.class.getResourceAsStream("runtime.h")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
