package org.parsimony.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.parsimony.method.Methods;

/** Magics, commands and renderers ask the registry: no class of the notebook side names a method. */
class Methods_NamedNowhereTest {

    /** A bench measures one method's inner loop beside a peer that computes just that. */
    private static final String BENCH = "org.parsimony.notebook.bench";

    @Test
    void noClassKnowsTheRoomOfAMethod() {
        JavaClasses own = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.parsimony.notebook");
        assertTrue(own.size() > 60, "classes found");
        Set<String> rooms = Methods.all().stream()
                .map(method -> method.getClass().getPackageName())
                .filter(room -> !room.startsWith("org.parsimony.notebook"))
                .collect(Collectors.toSet());
        assertTrue(rooms.size() >= 5, rooms.toString());
        List<String> knowing = own.stream()
                .filter(type -> !type.getPackageName().equals(BENCH))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> rooms.stream()
                        .anyMatch(room -> (dependency
                                                .getTargetClass()
                                                .getBaseComponentType()
                                                .getPackageName() + ".")
                                .startsWith(room + ".")))
                .map(dependency -> dependency.getDescription())
                .toList();
        assertEquals(List.of(), knowing);
    }
}
