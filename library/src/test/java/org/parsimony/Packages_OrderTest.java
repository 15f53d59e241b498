package org.parsimony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.parsimony.method.Methods;

/**
 * Data walks one way: a package knows only what stands to its left. Methods do not know each other, and nobody outside a
 * method's package knows it: a package that no line here names is a method's.
 */
class Packages_OrderTest {

    private static final String METHOD = "a method";

    private static final List<List<String>> ROAD = List.of(
            List.of("base"),
            List.of("figure"),
            List.of("data"),
            List.of("network"),
            List.of("coding"),
            List.of("export"),
            List.of("timing"),
            List.of("method"),
            List.of("steps"),
            List.of("pruning"),
            List.of("sensitivity"),
            List.of(METHOD),
            List.of("experiment"),
            List.of("claims"),
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
    void nobodyOutsideItsPackageKnowsAMethod() {
        assertTrue(LIBRARY.size() > 100, "classes found");
        Set<String> rooms = Methods.all().stream()
                .map(method -> method.getClass().getPackageName())
                .filter(name -> place(name.split("\\.")[2]) == place(METHOD))
                .collect(Collectors.toSet());
        assertTrue(rooms.size() >= 3, rooms.toString());
        List<String> knowing = LIBRARY.stream()
                .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> {
                    String from = dependency.getOriginClass().getPackageName();
                    String to =
                            dependency.getTargetClass().getBaseComponentType().getPackageName();
                    return rooms.stream()
                            .anyMatch(
                                    room -> (to + ".").startsWith(room + ".") && !(from + ".").startsWith(room + "."));
                })
                .map(dependency -> dependency.getDescription())
                .toList();
        assertEquals(List.of(), knowing);
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
        return place(room(type));
    }

    private static int place(String room) {
        for (int i = 0; i < ROAD.size(); i++) {
            if (ROAD.get(i).contains(room)) {
                return i;
            }
        }
        return room.equals(METHOD) ? -1 : place(METHOD);
    }
}
