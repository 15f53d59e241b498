package org.parsimony;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** Data walks one way: a package knows only what stands to its left, and the methods do not know each other. */
@AnalyzeClasses(packages = "org.parsimony", importOptions = ImportOption.DoNotIncludeTests.class)
class Packages_OrderTest {

    private static final List<String> METHODS = List.of("optinet", "sham", "coding", "annealing", "dynhp", "splitting");

    private static final List<List<String>> ROAD = List.of(
            List.of("base"),
            List.of("figure"),
            List.of("data"),
            List.of("network"),
            METHODS,
            List.of("experiment"),
            List.of("report"),
            List.of("notebook"));

    @ArchTest
    static final ArchRule DATA_WALKS_ONE_WAY = classes().should(new ArchCondition<JavaClass>("know only what is left") {
        @Override
        public void check(JavaClass from, ConditionEvents events) {
            from.getDirectDependenciesFromSelf().forEach(dependency -> {
                JavaClass to = dependency.getTargetClass();
                boolean own = to.getPackageName().startsWith("org.parsimony.");
                if (own && !room(from).equals(room(to)) && place(to) >= place(from)) {
                    events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
                }
            });
        }
    });

    @ArchTest
    static final ArchRule EVERY_PACKAGE_HAS_ITS_PLACE = classes()
            .should(new ArchCondition<JavaClass>("stand in a package of the road") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (place(type) < 0) {
                        events.add(SimpleConditionEvent.violated(type, type + " stands outside of the road " + ROAD));
                    }
                }
            });

    @ArchTest
    static final ArchRule NOTHING_PRINTS =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");

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
