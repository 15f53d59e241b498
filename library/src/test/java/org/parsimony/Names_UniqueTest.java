package org.parsimony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A notebook imports every room of the library at once: a simple name must mean one class. */
class Names_UniqueTest {

    /** What a notebook imports beside the library. */
    private static final List<String> OTHERS = List.of(
            "java.io",
            "java.math",
            "java.net",
            "java.nio.file",
            "java.util",
            "java.util.concurrent",
            "java.util.function",
            "java.util.prefs",
            "java.util.regex",
            "java.util.stream",
            "tech.tablesaw.api",
            "org.knowm.xchart");

    @Test
    void noTwoPublicTypesShareAName() {
        Map<String, List<String>> byName = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.parsimony").stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                        .filter(type -> type.getPackageName().split("\\.").length == 3)
                        .collect(Collectors.groupingBy(
                                JavaClass::getSimpleName,
                                TreeMap::new,
                                Collectors.mapping(JavaClass::getName, Collectors.toList())));
        assertTrue(byName.size() > 80, "classes found");
        byName.forEach((name, types) -> OTHERS.stream()
                .map(place -> place + "." + name)
                .filter(Names_UniqueTest::exists)
                .forEach(types::add));
        assertEquals(
                List.of(),
                byName.values().stream().filter(types -> types.size() > 1).toList());
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, Names_UniqueTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
