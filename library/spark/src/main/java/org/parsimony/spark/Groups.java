package org.parsimony.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.base.Json;
import org.parsimony.base.Records;
import org.parsimony.experiment.Recipe;

/**
 * Recipes in groups, a task each: those that begin with the same step stand together, and within a group those that have more in
 * common are neighbours, so that a worker finds the networks on the way in its own cache.
 */
final class Groups {

    private Groups() {}

    /**
     * @param most recipes in a group, at least 1: longer ones are cut, and each part begins anew
     */
    static List<List<Recipe>> of(List<Recipe> recipes, int most) {
        Map<Recipe, List<Recipe>> alike = new LinkedHashMap<>();
        recipes.forEach(recipe -> alike.computeIfAbsent(recipe.prefix(1), first -> new ArrayList<>())
                .add(recipe));
        List<List<Recipe>> groups = new ArrayList<>();
        for (List<Recipe> own : alike.values()) {
            own.sort(Comparator.comparing(Groups::steps));
            int parts = (own.size() + most - 1) / most;
            for (int part = 0; part < parts; part++) {
                groups.add(List.copyOf(own.subList(part * own.size() / parts, (part + 1) * own.size() / parts)));
            }
        }
        return groups;
    }

    private static String steps(Recipe recipe) {
        return Json.write(recipe.steps().stream().map(Records::write).toList());
    }
}
