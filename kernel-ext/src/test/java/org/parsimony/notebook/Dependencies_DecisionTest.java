package org.parsimony.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A new version of a library, or a new library, is a decision and not an accident: every jar that this module, the
 * library below it and the tests run on stands by name and version in {@code dependencies.txt}. Whoever changes one looks
 * at what it brings along, says why in the commit, and changes the list with it.
 */
class Dependencies_DecisionTest {

    /** Native code is of the platform that the tests run on. */
    private static final String PLATFORM =
            "-(linux|macosx|osx|darwin|windows|win)[-_](x86_64|amd64|arm64|aarch64)(?=(-[0-9.]+)?\\.jar$)";

    @Test
    void everyJarIsOneThatWasDecidedFor() throws IOException {
        List<String> decided;
        try (var in = Dependencies_DecisionTest.class.getResourceAsStream("dependencies.txt")) {
            decided = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        TreeSet<String> here = new TreeSet<>();
        Arrays.stream(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                // this project's own, and what an IDE or the test runner adds
                .filter(name -> name.endsWith(".jar") && !name.matches("(parsimony|surefire|idea|junit-rt).*"))
                .map(name -> name.replaceFirst(PLATFORM, "-PLATFORM"))
                .forEach(here::add);
        assertTrue(here.size() > 100, "jars found: " + here);
        TreeSet<String> added = new TreeSet<>(here);
        decided.forEach(added::remove);
        TreeSet<String> gone = new TreeSet<>(decided);
        gone.removeAll(here);
        assertEquals(
                "",
                String.join("\n", added) + (gone.isEmpty() ? "" : "\nin place of\n" + String.join("\n", gone)),
                "jars that are not those of dependencies.txt; see what they bring along, then change the list");
    }
}
