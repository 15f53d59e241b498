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

class Recipe_JsonTest {

    private static final String TEXT =
            """
            {"dataset":"mnist","method":"optinet","network":"784-300-100-10",\
            "options":{"alpha":0.25,"bins":16},"seed":3,"tier":"short"}""";

    @Test
    void canonicalTextIsSortedAndHasNoSpaces() {
        Recipe recipe = new Recipe(
                "optinet", "mnist", "784-300-100-10", Tier.SHORT, 3, new TreeMap<>(Map.of("bins", 16, "alpha", .25)));
        assertEquals(TEXT, recipe.json());
        assertEquals(recipe, Recipe.fromJson(TEXT));
    }

    /** Computed by sha256sum of the text, so that no refactoring renames the runs of the past. */
    @Test
    void idIsTheSha256OfTheText() {
        assertEquals(
                "c63e583b07faa41489fc93f3e5c55d677795101bfffa27371db9d42425ef588d",
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
                { "tier": "short", "seed": 3, "options": { "bins": 16, "alpha": 0.25 },
                  "network": "784-300-100-10", "method": "optinet", "dataset": "mnist" }""");
        assertEquals(Recipe.fromJson(TEXT).id(), shuffled.id());
        assertNotEquals(shuffled.id(), shuffled.withSeed(4).id());
        assertNotEquals(shuffled.id(), shuffled.withOption("bins", 17).id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "seed":3     | "sead":3         | "sead" is unknown; known are dataset, method, network, options, seed, tier
                    "seed":3,    |                  | "seed" is missing
                    "seed":3     | "seed":3,"seed":4 | "seed" stands twice
                    "seed":3     | "seed":3.5       | seed is 3.5, but must be a whole number
                    "short"      | "long"           | tier is "long", but must be one of smoke, short, paper
                    "bins":16    | "seed":16        | the seed stands in the recipe itself
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
        Recipe recipe = new Recipe("m", "d", "n", Tier.PAPER, whole, new TreeMap<>(Map.of("text", text)))
                .withOption("fraction", fraction)
                .withOption("flags", flags);
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
