package org.parsimony.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.parsimony.base.Require;
import org.parsimony.base.WholeFile;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.export.c.CExport;
import org.parsimony.export.keras.KerasExport;
import org.parsimony.export.onnx.OnnxExport;
import org.parsimony.network.Model;

/**
 * Writes networks for other programs; the ending of the file's name says in which form.
 *
 * <table>
 * <caption>Endings</caption>
 * <tr><td>{@code .onnx}</td><td>ONNX, opset 13; compressed, its weights are coded and decoded by operators of the graph</td></tr>
 * <tr><td>{@code .h5}</td><td>Keras, layers and weights, always plain</td></tr>
 * <tr><td>{@code .safetensors}</td><td>weights under PyTorch's names; compressed, shared values are tables and indices</td></tr>
 * <tr><td>{@code .h}</td><td>a header of C99 with the coded network and what computes with it ({@link CExport}), always
 *     compressed</td></tr>
 * <tr><td>{@code .zip}</td><td>Deeplearning4j, without the optimiser's state; masks and shared values go along</td></tr>
 * <tr><td>{@code .pars}</td><td>this library's own code, always compressed</td></tr>
 * </table>
 *
 * <p>Powerless units are taken out first ({@link Parts#compacted}), so that pruned units are gone from the file.
 */
public final class Exports {

    private static final List<String> ENDINGS = List.of(".onnx", ".h5", ".safetensors", ".h", ".zip", ".pars");

    private static final Set<String> ALWAYS_PLAIN = Set.of(".h5", ".zip");
    private static final Set<String> ALWAYS_COMPRESSED = Set.of(".h", ".pars");

    private Exports() {}

    /** Whether weights stand as they are or coded. */
    public enum Form {
        /** 32-bit floats, which every program of the format reads. */
        PLAIN,
        /** Coded where the format can say so. */
        COMPRESSED
    }

    /**
     * How a network is written.
     *
     * @param form of the weights; default plain
     * @param shape of a sample, {@code [channels, height, width]}, for a graph that does not state the size of its images;
     *     default empty, as the network states it
     */
    public record Options(Form form, List<Integer> shape) {

        public Options {
            shape = List.copyOf(shape);
            Require.that(
                    shape.isEmpty() || shape.size() == 1 || shape.size() == 3,
                    "shape is %s, but must be [inputs] or [channels, height, width]",
                    shape);
        }

        /** Plain weights, the shape that the network states. */
        public Options() {
            this(Form.PLAIN, List.of());
        }

        /** These options with another form. */
        public Options form(Form other) {
            return new Options(other, shape);
        }

        /** These options with the shape of a sample. */
        public Options shape(int... other) {
            return new Options(form, Arrays.stream(other).boxed().toList());
        }
    }

    /** {@link #write(Model, Path, Options)} with plain weights. */
    public static Written write(Model model, Path file) {
        return write(model, file, new Options());
    }

    /**
     * Writes {@code file}; it appears as a whole or not at all.
     *
     * @return what was written
     * @throws IllegalArgumentException if the ending is not known, its files are always plain and compressed weights are asked
     *     for, or the format has no word for a layer, by name
     */
    public static Written write(Model model, Path file, Options options) {
        String ending = ending(file);
        Model compact = Parts.compacted(model);
        int[] shape = options.shape().stream().mapToInt(Integer::intValue).toArray();
        boolean compressed = options.form() == Form.COMPRESSED;
        Require.that(
                !compressed || !ALWAYS_PLAIN.contains(ending),
                "the form is compressed, but %s files hold weights as plain floats only; take form plain, or one of"
                        + " .onnx, .safetensors, .h, .pars",
                ending);
        try {
            switch (ending) {
                case ".onnx" -> {
                    Parts parts = Parts.of(compact, shape);
                    WholeFile.write(file, compressed ? OnnxExport.compressed(parts) : OnnxExport.plain(parts));
                }
                case ".h5" -> WholeFile.write(file, KerasExport.bytes(Parts.of(compact, shape)));
                case ".safetensors" -> WholeFile.write(file, Safetensors.bytes(Parts.of(compact, shape), compressed));
                case ".h" -> WholeFile.write(file, CExport.header(Parts.of(compact, shape), stem(file)));
                case ".pars" -> {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    CodedNetwork.encode(compact, new CodedNetwork.Options(), shape)
                            .write(bytes);
                    WholeFile.write(file, bytes.toByteArray());
                }
                default -> compact.save(file, Model.OptimiserState.LEFT_OUT);
            }
            return new Written(
                    file,
                    ALWAYS_COMPRESSED.contains(ending) ? Form.COMPRESSED : options.form(),
                    Files.size(file),
                    Float.BYTES * model.net().parameters());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** The endings that {@link #write} knows, each with its dot. */
    public static List<String> endings() {
        return ENDINGS;
    }

    /** Throws IllegalArgumentException, naming the endings, unless that of {@code file} is one. */
    public static void requireKnown(Path file) {
        ending(file);
    }

    /** The name of the file without its ending. */
    private static String stem(Path file) {
        String name = Require.fileName(file);
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static String ending(Path file) {
        String name = Require.fileName(file).toLowerCase(Locale.ROOT);
        return ENDINGS.stream()
                .filter(name::endsWith)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the name of the file, " + file
                        + ", must end in one of " + String.join(", ", ENDINGS) + ", which says what to write"));
    }
}
