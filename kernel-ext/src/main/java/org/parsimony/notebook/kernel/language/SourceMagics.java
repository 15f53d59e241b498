package org.parsimony.notebook.kernel.language;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** IJava's magics for code from elsewhere: {@code %load}, {@code %jars}, {@code %classpath}. */
public final class SourceMagics {

    private static final List<String> EXTENSIONS = List.of("", ".jsh", ".jshell", ".java", ".ijava", ".ipynb");

    private final Evaluator evaluator;
    private final Consumer<Collection<String>> classpath;

    /** Evaluates a cell. */
    @FunctionalInterface
    public interface Evaluator {
        Object eval(String code) throws Exception;
    }

    /**
     * @param evaluator runs source
     * @param classpath takes the jars and folders that cells add
     */
    public SourceMagics(Evaluator evaluator, Consumer<Collection<String>> classpath) {
        this.evaluator = evaluator;
        this.classpath = classpath;
    }

    /**
     * Adds jars to the class path.
     *
     * @param globs file names with {@code *} and {@code ?}; a name that ends with a slash means every file in that folder
     * @return the jars added
     */
    @LineMagic
    public List<String> jars(List<String> globs) {
        return add(
                globs.stream()
                        .map(glob -> glob.endsWith("/") ? glob + "*" : glob)
                        .toList(),
                "%jars");
    }

    /**
     * Adds jars and folders of classes to the class path.
     *
     * @param globs names with {@code *} and {@code ?}
     * @return the entries added
     */
    @LineMagic
    public List<String> classpath(List<String> globs) {
        return add(globs, "%classpath");
    }

    private List<String> add(List<String> globs, String magic) {
        List<String> entries = new ArrayList<>();
        for (String glob : globs) {
            List<Path> found = Globs.paths(glob, magic);
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "nothing matches " + glob + " (from " + Path.of("").toAbsolutePath() + ")");
            }
            found.forEach(path -> entries.add(path.toString()));
        }
        classpath.accept(entries);
        return entries;
    }

    /**
     * Evaluates a script, or the code cells of a notebook.
     *
     * @param arguments the file, with or without its extension
     */
    @LineMagic
    public void load(List<String> arguments) throws Exception {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException("%load takes one file, but was given " + arguments.size());
        }
        String name = arguments.get(0);
        for (String extension : EXTENSIONS) {
            Path file = Path.of(name + extension);
            if (Files.isRegularFile(file)) {
                for (String cell : cells(file)) {
                    evaluator.eval(cell);
                }
                return;
            }
        }
        throw new NoSuchFileException(
                Path.of(name).toAbsolutePath() + " (also tried " + String.join(", ", EXTENSIONS.subList(1, 6)) + ")");
    }

    private static List<String> cells(Path file) throws IOException {
        String text = Files.readString(file);
        if (!file.toString().endsWith(".ipynb")) {
            // a package line has no meaning in a notebook, where everything lives together
            return List.of(text.replaceFirst("(?m)^\\s*package\\s+[\\w.]+\\s*;", ""));
        }
        List<String> cells = new ArrayList<>();
        for (JsonElement element :
                JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("cells")) {
            JsonObject cell = element.getAsJsonObject();
            if (cell.get("cell_type").getAsString().equals("code")) {
                JsonElement source = cell.get("source");
                StringBuilder code = new StringBuilder();
                if (source.isJsonArray()) {
                    source.getAsJsonArray().forEach(line -> code.append(line.getAsString()));
                } else {
                    code.append(source.getAsString());
                }
                cells.add(code.toString());
            }
        }
        return cells;
    }
}
