package org.parsimony.notebook.kernel.maven;

import io.github.spencerpark.jupyter.kernel.magic.registry.CellMagic;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagic;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** IJava's dependency magics, by its names and arguments. */
public final class MavenMagics {

    private static final Set<String> SCOPES = Set.of("compile", "runtime", "system", "import");

    private final Consumer<Collection<String>> classpath;
    private final Map<String, String> repositories = new LinkedHashMap<>();

    /** @param classpath takes the jars that were found */
    public MavenMagics(Consumer<Collection<String>> classpath) {
        this.classpath = classpath;
    }

    /**
     * Adds libraries and what they depend on.
     *
     * @param arguments coordinates {@code group:artifact[:packaging[:classifier]]:version}; {@code --from=id} or {@code
     *     --from id} asks only the repository of that id
     */
    @LineMagic(
            value = "addMavenDependencies",
            aliases = {"addMavenDependency", "maven"})
    public List<String> addMavenDependencies(List<String> arguments) throws Exception {
        List<String> coordinates = new ArrayList<>();
        String from = null;
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.startsWith("--from=")) {
                from = word.substring("--from=".length());
            } else if (word.equals("--from") && i + 1 < arguments.size()) {
                from = arguments.get(++i);
            } else if (!word.startsWith("-")) {
                coordinates.add(word);
            }
        }
        if (coordinates.isEmpty()) {
            throw new IllegalArgumentException("%maven takes coordinates such as org.example:name:1.0");
        }
        if (from != null && !repositories.containsKey(from)) {
            throw new IllegalArgumentException(
                    "--from " + from + " is no repository of this session; known are " + repositories.keySet());
        }
        Map<String, String> asked = from == null ? repositories : Map.of(from, repositories.get(from));
        return add(new MavenResolver().resolve(coordinates, asked));
    }

    /**
     * Adds a repository for {@code %maven}.
     *
     * @param arguments its id and its URL
     */
    @LineMagic(
            value = "addMavenRepo",
            aliases = {"mavenRepo"})
    public void addMavenRepo(List<String> arguments) {
        if (arguments.size() != 2) {
            throw new IllegalArgumentException("%mavenRepo takes an id and a URL, but was given " + arguments);
        }
        repositories.put(arguments.get(0), arguments.get(1));
    }

    /**
     * Adds the dependencies of a POM.
     *
     * @param arguments the file, then the scopes to take (compile, runtime, system and import if none is named)
     */
    @LineMagic("loadFromPOM")
    public List<String> loadFromPom(List<String> arguments) throws Exception {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("%loadFromPOM takes the path of a POM; %%loadFromPOM takes its text");
        }
        Path pom = Path.of(arguments.get(0)).toAbsolutePath();
        if (!Files.isRegularFile(pom)) {
            throw new NoSuchFileException(pom.toString());
        }
        return load(Files.readString(pom), pom.getParent(), arguments.subList(1, arguments.size()));
    }

    /**
     * Adds the dependencies of a POM, or of any pieces of one: {@code <dependency>}, {@code <repository>}, {@code
     * <dependencies>}, {@code <properties>}…
     *
     * @param scopes the scopes to take, as for the line magic
     * @param body the text
     */
    @CellMagic("loadFromPOM")
    public List<String> loadFromPom(List<String> scopes, String body) throws Exception {
        return load(PomText.complete(body), Path.of("").toAbsolutePath(), scopes);
    }

    private List<String> load(String pom, Path folder, List<String> arguments) throws Exception {
        List<String> scopes =
                arguments.stream().filter(word -> !word.startsWith("-")).toList();
        return add(new MavenResolver().resolvePom(pom, folder, scopes.isEmpty() ? SCOPES : Set.copyOf(scopes)));
    }

    private List<String> add(List<Path> jars) {
        List<String> names = jars.stream().map(Path::toString).toList();
        classpath.accept(names);
        return names;
    }
}
