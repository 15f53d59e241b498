package org.parsimony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parsimony.base.Home;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.RecipeText;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;
import org.parsimony.experiment.store.RunStore;

/**
 * What the pages tell a reader to write is right: the {@code java} blocks of a page, in order, are one program that
 * compiles without a warning and runs; recipes and experiments can be carried out; commands and files are there.
 */
class Readme_SnippetTest {

    private static final Path ROOT = Home.checkout().orElseThrow();
    private static final String SEPARATOR = System.getProperty("path.separator");
    /** Absolute: the program runs in another folder. */
    private static final String CLASS_PATH = Stream.of(
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                            .split(Pattern.quote(SEPARATOR)))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(SEPARATOR));

    @TempDir
    Path folder;

    @Test
    void theJavaOfThePagesIsAProgramThatRuns() throws Exception {
        compile("Overview", program("README.md", "Overview"));
        compile("Library", program("library/README.md", "Library"));
        compile("Pages", "class Pages {", main("Overview.main(arguments);\nLibrary.main(arguments);"), "}");

        // A process of its own: files and run store of what a reader would write lie in the folder that it runs in.
        Path output = folder.resolve("output");
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.awt.headless=true",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-cp",
                        folder + SEPARATOR + CLASS_PATH,
                        "Pages")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Path runs = folder.resolve("runs.sqlite");
        program.environment().put("PARSIMONY_RUNS", runs.toString());
        Process process = program.start();
        try {
            assertTrue(process.waitFor(3, TimeUnit.MINUTES), "the program does not end");
            assertEquals(0, process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
        try (RunStore store = RunStore.open(runs)) {
            List<String> ids = blocks("library/README.md", "recipe")
                    .map(text -> RecipeText.read(text).complete().id())
                    .toList();
            assertEquals(ids, store.all().stream().map(Run::id).toList(), "the recipe in Java is that of the lines");
        }
    }

    /** The Java of a page as a class of this name. */
    private static String[] program(String page, String name) throws IOException {
        List<String> imports = new ArrayList<>();
        List<String> body = new ArrayList<>();
        blocks(page, "java").forEach(block -> block.lines()
                .forEach(line -> (line.startsWith("import ") ? imports : body).add(line)));
        assertFalse(body.isEmpty(), page + " has Java");
        return new String[] {String.join("\n", imports), "class " + name + " {", main(String.join("\n", body)), "}"};
    }

    private static String main(String body) {
        return "public static void main(String[] arguments) throws Exception {\n" + body + "\n}";
    }

    private void compile(String name, String... lines) throws IOException {
        Path source = Files.writeString(folder.resolve(name + ".java"), String.join("\n", lines) + "\n");
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter told = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-Xlint:all,-classfile,-path",
                    "-Werror",
                    "-d",
                    folder.toString(),
                    "-cp",
                    folder + SEPARATOR + CLASS_PATH);
            boolean compiled = compiler.getTask(told, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertTrue(compiled, told.toString());
        }
    }

    @Test
    void aRecipeIsTheSameInLinesAsInJson() throws IOException {
        Set<String> lines = new TreeSet<>();
        for (String page : pages()) {
            blocks(page, "recipe")
                    .forEach(text -> lines.add(RecipeText.read(text).complete().id()));
        }
        assertFalse(lines.isEmpty(), "recipes found");
        for (String page : pages()) {
            blocks(page, "json")
                    .filter(text -> text.startsWith("{\"dataset\""))
                    .forEach(text -> assertTrue(
                            lines.contains(Recipe.fromJson(text).complete().id()), text));
        }
    }

    @Test
    void theExperimentOfThePapersPageCanBeCarriedOutAtEveryTier() throws IOException {
        Path paper = Files.createDirectories(folder.resolve("papers/example"));
        String property = "parsimony.home";
        System.setProperty(property, folder.toString());
        try {
            for (String text : blocks("papers/README.md", "json").toList()) {
                Files.writeString(paper.resolve("experiments.json"), text);
                for (String name : Experiment.names("example")) {
                    for (Tier tier : Tier.values()) {
                        var trials = Experiment.of("example", name, tier).trials();
                        assertTrue(trials.size() > 1, name);
                        assertEquals(
                                1,
                                trials.stream()
                                        .map(trial -> epochs(trial.recipe()))
                                        .distinct()
                                        .count(),
                                "every arm of a fair comparison has the epochs of the control");
                    }
                }
            }
        } finally {
            System.clearProperty(property);
        }
    }

    private static long epochs(Recipe recipe) {
        return recipe.steps().stream()
                .map(step -> step.options().get("epochs"))
                .mapToLong(epochs -> epochs == null ? 0 : ((Number) epochs).longValue())
                .sum();
    }

    @Test
    void theExampleOfAMethodIsTheOneThatIsTested() throws IOException {
        String tested = Files.readString(ROOT.resolve("library/src/test/java/org/parsimony/shrink/Shrink.java"));
        String registered = Files.readString(
                ROOT.resolve("library/src/test/resources/META-INF/services/org.parsimony.method.Method"));
        List<String> told = blocks("CONTRIBUTING.md", "java").toList();
        assertEquals(tested, told.get(0));
        List<String> lines =
                blocks("CONTRIBUTING.md", "services").flatMap(String::lines).toList();
        assertEquals(1, lines.size());
        assertTrue(registered.lines().toList().containsAll(lines), registered);
    }

    @Test
    void theCoordinatesToDependOnAreThoseOfThisVersion() throws IOException {
        Properties version = new Properties();
        try (var in = Home.class.getResourceAsStream("/org/parsimony/version.properties")) {
            version.load(in);
        }
        String page = Files.readString(ROOT.resolve("library/README.md"));
        String own = version.getProperty("version");
        assertTrue(page.contains("<version>" + own + "</version>"), own);
        assertTrue(page.contains("org.parsimony:parsimony-library:" + own), own);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsAndLinkedFilesOfAPageAreThere(String page) throws IOException {
        String launcher = Files.readString(ROOT.resolve("parsimony"));
        String text = Files.readString(ROOT.resolve(page));
        for (String command : found("\\./parsimony ([a-z]+)", text)) {
            assertTrue(
                    Pattern.compile("(?m)^ +([a-z]+ \\| )*" + command + "( \\| [a-z]+)*\\)$")
                            .matcher(launcher)
                            .find(),
                    page + " tells ./parsimony " + command + ", which the launcher does not know");
        }
        for (String link : found("\\]\\(([^)#:]+)(?:#[^)]*)?\\)", text)) {
            if (link.endsWith("results/README.md")) {
                continue; // written by code: ./parsimony results --check looks after it
            }
            Path target = ROOT.resolve(page).resolveSibling(link);
            assertTrue(Files.exists(target), page + " links to " + link);
        }
    }

    /** Every page that a person wrote. */
    static List<String> pages() throws IOException {
        try (Stream<Path> papers = Files.list(ROOT.resolve("papers"))) {
            return Stream.concat(
                            Stream.of(
                                    "README.md",
                                    "CONTRIBUTING.md",
                                    "CHANGELOG.md",
                                    "library/README.md",
                                    "kernel-ext/README.md",
                                    "data/README.md",
                                    "papers/README.md"),
                            papers.filter(Files::isDirectory)
                                    .map(paper -> "papers/" + paper.getFileName() + "/README.md"))
                    .sorted()
                    .toList();
        }
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(hit -> hit.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The contents of the blocks in this language, each ending with a line break. */
    private static Stream<String> blocks(String page, String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(Files.readString(ROOT.resolve(page)).replace("\r\n", "\n"))
                .results()
                .map((MatchResult hit) -> hit.group(1));
    }
}
