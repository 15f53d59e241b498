package org.parsimony.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.parsimony.base.Home;
import org.parsimony.notebook.spi.Extension;
import tech.tablesaw.api.Table;

class ParsimonyExtension_ImportsTest {

    /** What the kernel imports before any extension, and the language itself. */
    private static final List<String> JAVA = List.of(
            "java.lang",
            "java.util",
            "java.io",
            "java.math",
            "java.net",
            "java.nio.file",
            "java.util.concurrent",
            "java.util.function",
            "java.util.prefs",
            "java.util.regex",
            "java.util.stream");

    private final List<String> imports = new ParsimonyExtension().imports();

    @Test
    void everyRoomOfTheLibraryIsImported() {
        assertTrue(
                imports.containsAll(List.of(
                        "org.parsimony.base.*",
                        "org.parsimony.data.*",
                        "org.parsimony.network.*",
                        "org.parsimony.optinet.*",
                        "org.parsimony.experiment.*",
                        "tech.tablesaw.api.*",
                        "org.knowm.xchart.*",
                        "static org.parsimony.notebook.Cell.*")),
                imports::toString);
        assertEquals(
                List.of(),
                imports.stream().filter(name -> name.contains("fused")).toList());
    }

    @Test
    void noBareNameMeansTwoThings() throws IOException {
        var owners = new TreeMap<String, TreeSet<String>>();
        List<String> packages = new ArrayList<>(JAVA);
        imports.stream()
                .filter(name -> name.endsWith(".*") && !name.startsWith("static "))
                .map(name -> name.substring(0, name.length() - 2))
                .forEach(packages::add);
        for (String name : packages) {
            for (Class<?> type : publicTypes(name)) {
                owners.computeIfAbsent(type.getSimpleName(), simple -> new TreeSet<>())
                        .add(type.getName());
            }
        }
        owners.values().removeIf(names -> names.size() == 1);
        assertEquals("{}", owners.toString(), "rename one of them");
    }

    @Test
    void theServiceLoaderFindsIt() {
        assertEquals(
                1,
                ServiceLoader.load(Extension.class).stream()
                        .filter(provider -> provider.type() == ParsimonyExtension.class)
                        .count());
    }

    private static List<Class<?>> publicTypes(String name) throws IOException {
        List<Class<?>> types = new ArrayList<>();
        String folder = name.replace('.', '/');
        if (name.startsWith("java.")) {
            FileSystem modules = FileSystems.getFileSystem(URI.create("jrt:/"));
            for (String module : List.of("java.base", "java.prefs")) {
                collect(modules.getPath("/modules", module, folder), name, types);
            }
            return types;
        }
        Class<?> library =
                name.startsWith("org.knowm") ? XYChart.class : name.startsWith("tech.") ? Table.class : Home.class;
        Class<?> anchor = name.startsWith("org.parsimony.notebook") ? ParsimonyExtension.class : library;
        Path source = Path.of(URI.create(
                anchor.getProtectionDomain().getCodeSource().getLocation().toString()));
        if (Files.isDirectory(source)) {
            collect(source.resolve(folder), name, types);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(source)) {
                collect(jar.getPath(folder), name, types);
            }
        }
        assertTrue(!types.isEmpty(), name + " has no public type");
        return types;
    }

    private static void collect(Path folder, String name, List<Class<?>> types) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String simple = file.getFileName().toString().replaceFirst("\\.class$", "");
                if (file.toString().endsWith(".class") && !simple.contains("$") && !simple.contains("-")) {
                    Class<?> type;
                    try {
                        type = Class.forName(name + "." + simple, false, Table.class.getClassLoader());
                    } catch (ReflectiveOperationException | LinkageError e) {
                        throw new AssertionError(name + "." + simple + " cannot be loaded", e);
                    }
                    if (Modifier.isPublic(type.getModifiers())) {
                        types.add(type);
                    }
                }
            }
        }
    }
}
