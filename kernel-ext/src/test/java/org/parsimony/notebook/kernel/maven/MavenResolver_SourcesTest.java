package org.parsimony.notebook.kernel.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository of files, which stands for all others: sources come with the jars that were asked for, if there are any. */
class MavenResolver_SourcesTest {

    @TempDir
    Path folder;

    private final Properties before = new Properties();

    @BeforeEach
    void repository() throws IOException {
        before.putAll(System.getProperties());
        publish("asked", "needed", "jar", "sources.jar");
        publish("needed", null, "jar", "sources.jar");
        publish("bare", null, "jar");
        Path settings = Files.writeString(
                folder.resolve("settings.xml"),
                "<settings><localRepository>" + folder.resolve("local")
                        + "</localRepository><mirrors><mirror><id>own</id>"
                        + "<mirrorOf>*</mirrorOf><url>"
                        + folder.resolve("remote").toUri()
                        + "</url></mirror></mirrors></settings>");
        System.setProperty("maven.settings", settings.toString());
        System.clearProperty("maven.repo.local");
    }

    @AfterEach
    void restore() {
        System.setProperties(before);
    }

    private void publish(String name, String needs, String... kinds) throws IOException {
        Path place = Files.createDirectories(folder.resolve("remote/org/example/" + name + "/1"));
        String dependency = needs == null
                ? ""
                : "<dependencies><dependency><groupId>org.example</groupId><artifactId>" + needs
                        + "</artifactId><version>1</version></dependency></dependencies>";
        Files.writeString(
                place.resolve(name + "-1.pom"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>" + name
                        + "</artifactId><version>1</version>" + dependency + "</project>");
        for (String kind : kinds) {
            try (OutputStream out = Files.newOutputStream(
                            place.resolve(name + "-1" + (kind.equals("jar") ? "." : "-") + kind));
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("org/example/" + name + ".txt"));
            }
        }
    }

    private static boolean hasSources(Path jar) {
        return Files.exists(Path.of(jar.toString().replaceFirst("\\.jar$", "-sources.jar")));
    }

    @Test
    void sourcesLieBesideTheJarsThatWereAskedFor() throws IOException {
        List<Path> jars = new MavenResolver().resolve(List.of("org.example:asked:1"), Map.of());
        assertEquals(
                List.of("asked-1.jar", "needed-1.jar"),
                jars.stream().map(jar -> jar.getFileName().toString()).toList());
        assertTrue(hasSources(jars.get(0)));
        assertFalse(hasSources(jars.get(1)), "what was not asked for comes without");
    }

    @Test
    void aJarWithoutSourcesIsResolvedAllTheSame() throws IOException {
        List<Path> jars = new MavenResolver().resolve(List.of("org.example:bare:1", "org.example:asked:1"), Map.of());
        assertEquals(3, jars.size());
        assertFalse(hasSources(jars.get(0)));
        assertTrue(hasSources(jars.get(1)));
    }
}
