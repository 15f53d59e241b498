package org.parsimony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Data walks one way: a package knows only what stands to its left, and the methods do not know each other. */
class Packages_OrderTest {

    private static final List<List<String>> ROAD = List.of(
            List.of("base"),
            List.of("figure"),
            List.of("data"),
            List.of("network"),
            List.of("coding"),
            List.of("optinet", "sham", "annealing", "dynhp", "splitting"),
            List.of("experiment"),
            List.of("report"));

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.parsimony");

    @Test
    void everyPackageKnowsOnlyWhatStandsToItsLeft() {
        List<String> backwards = LIBRARY.stream()
                .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> {
                    JavaClass from = dependency.getOriginClass();
                    JavaClass to = dependency.getTargetClass().getBaseComponentType();
                    boolean own = to.getPackageName().startsWith("org.parsimony.");
                    return own && !room(from).equals(room(to)) && place(to) >= place(from);
                })
                .map(dependency -> dependency.getDescription())
                .toList();
        assertEquals(List.of(), backwards);
    }

    @Test
    void everyPackageHasItsPlaceOnTheRoad() {
        assertTrue(LIBRARY.size() > 100, "classes found");
        assertEquals(
                List.of(),
                LIBRARY.stream()
                        .filter(type -> place(type) < 0)
                        .map(JavaClass::getName)
                        .toList());
    }

    @Test
    void everyPublicTypeOfTheLibraryKnowsNothingOfNotebooks() {
        Stream<String> words = LIBRARY.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .filter(name -> name.contains("jupyter") || name.contains("notebook") || name.startsWith("jdk.jshell"));
        assertEquals(List.of(), words.toList());
    }

    private static String room(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.");
        return parts.length > 2 ? parts[2] : "";
    }

    private static int place(JavaClass type) {
        for (int i = 0; i < ROAD.size(); i++) {
            if (ROAD.get(i).contains(room(type))) {
                return i;
            }
        }
        return -1;
    }
}
