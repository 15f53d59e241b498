package org.parsimony.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parsimony.base.Json;

class Recipe_JsonTest {

    private static final String TEXT =
            """
            {"dataset":"mnist","network":"784-300-100-10","samples":0,"seed":3,\
            "steps":[{"method":"shrink","options":{"alpha":0.25,"bins":16}}],"tier":"short"}""";

    private static Recipe recipe(Map<String, Object> options) {
        return new Recipe(
                "mnist", 0, "784-300-100-10", Tier.SHORT, 3, List.of(new Step("shrink", new TreeMap<>(options))));
    }

    @Test
    void canonicalTextIsSortedAndHasNoSpaces() {
        Recipe recipe = recipe(Map.of("bins", 16, "alpha", .25));
        assertEquals(TEXT, recipe.json());
        assertEquals(recipe, Recipe.fromJson(TEXT));
    }

    /** Computed by sha256sum of the text, so that no refactoring renames the runs of the past. */
    @Test
    void idIsTheSha256OfTheText() {
        assertEquals(
                "656502e18d46d352c6c2c842a447b01fc8b4e80bd393446b3bb2538d26361937",
                Recipe.fromJson(TEXT).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "1e0", "10e-1", "1.000"})
    void oneNumberHasOneSpelling(String spelling) {
        Recipe plain = Recipe.fromJson(TEXT.replace("0.25", "1"));
        Recipe spelt = Recipe.fromJson(TEXT.replace("0.25", spelling));
        assertEquals(plain, spelt);
        assertEquals(plain.id(), spelt.id());
    }

    @Test
    void orderAndSpacesDoNotMatterButValuesDo() {
        Recipe shuffled = Recipe.fromJson(
                """
                { "seed": 3, "steps": [ {"options": { "bins": 16, "alpha": 0.25 }, "method": "shrink" } ],
                  "network": "784-300-100-10", "dataset": "mnist" }""");
        assertEquals(Recipe.fromJson(TEXT).id(), shuffled.id());
        assertNotEquals(shuffled.id(), shuffled.withSeed(4).id());
        assertNotEquals(shuffled.id(), Fixtures.with(shuffled, "bins", 17).id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "seed":3     | "sead":3         | "sead" is unknown; known are dataset, network, samples, seed, steps, tier
                    "network":"784-300-100-10", | | "network" is missing
                    "seed":3     | "seed":3,"seed":4 | "seed" stands twice
                    "seed":3     | "seed":3.5       | seed is 3.5, but must be a whole number
                    "short"      | "long"           | tier is "long", but must be one of smoke, short, paper
                    "method"     | "name"           | "name" is unknown
                    "bins":16    | "bins":1e999     | beyond the range of a double
                    "mnist"      | ""               | data set of the recipe is empty
                    {"dataset"   | ["dataset"       | recipe cannot be read
                    """)
    void badTextIsRefusedByName(String part, String replacement, String message) {
        String text = TEXT.replace(part, replacement == null ? "" : replacement);
        String said = assertThrows(IllegalArgumentException.class, () -> Recipe.fromJson(text))
                .getMessage();
        assertTrue(said.contains(message), said);
    }

    @Property
    void everyDoubleReadsBackFromItsDigits(@ForAll double value) {
        assertEquals(value == 0 ? 0 : value, Double.parseDouble(Json.digits(value)));
    }

    @Property
    void everyOptionSurvivesTheRoundTrip(
            @ForAll String text, @ForAll long whole, @ForAll double fraction, @ForAll List<Boolean> flags) {
        Recipe recipe = recipe(Map.of("text", text, "fraction", fraction, "flags", flags))
                .withSeed(whole);
        Recipe again = Recipe.fromJson(recipe.json());
        assertEquals(recipe, again);
        assertEquals(recipe.json(), again.json());
    }

    @ParameterizedTest
    @CsvSource({"0.1,0.1", "1e20,100000000000000000000", "1e21,1E+21", "2e23,2E+23", "1e-7,1E-7", "123456.5,123456.5"})
    void digitsAreTheFewest(double value, String digits) {
        assertEquals(digits, Json.digits(value));
    }
}
