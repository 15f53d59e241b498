package org.parsimony.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.base.Records;
import org.parsimony.base.Require;
import org.parsimony.method.Method;
import org.parsimony.method.Methods;

/**
 * A recipe as a person writes it, a line for each thing:
 *
 * <pre>
 * dataset mnist samples=16000
 * network 784-300-100-10
 * seed 1
 * train epochs=8
 * magnitude ratio=0.9 epochs=3
 * quantise k=16
 * train epochs=2 learningRate=3e-4
 * code
 * </pre>
 *
 * <p>{@code dataset} and {@code network} must be there; {@code seed} (1), {@code tier} (short) and {@code samples} (0, all)
 * may be. Every other line is a step: a method of the registry and its options, a list's items with commas between. What
 * follows {@code #} is a remark.
 */
public final class RecipeText {

    private static final String DATASET = "dataset";
    private static final String NETWORK = "network";
    private static final String SEED = "seed";
    private static final String TIER = "tier";

    private RecipeText() {}

    /**
     * Reads and completes a recipe.
     *
     * @throws IllegalArgumentException naming the line that cannot be read, and what must stand there
     */
    public static Recipe read(String text) {
        Map<String, String> heads = new LinkedHashMap<>();
        List<Step> steps = new ArrayList<>();
        int samples = 0;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String plain = line.replaceFirst("(^|\\s)#.*$", "").strip();
            if (plain.isEmpty()) {
                continue;
            }
            try {
                String[] words = plain.split("\\s+");
                switch (words[0]) {
                    case DATASET -> {
                        heads.put(DATASET, head(words, 3));
                        if (words.length == 3) {
                            String[] pair = pair(words[2]);
                            Require.that(
                                    pair[0].equals("samples"), "a data set has no %s, but may have samples=N", pair[0]);
                            samples = (Integer) Records.parse("samples", pair[1], int.class);
                        }
                    }
                    case NETWORK, SEED, TIER -> heads.put(words[0], head(words, 2));
                    default -> steps.add(step(words));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
        }
        for (String needed : List.of(DATASET, NETWORK)) {
            Require.that(heads.containsKey(needed), "the line \"%s NAME\" is missing; a recipe begins with it", needed);
        }
        return new Recipe(
                heads.get(DATASET),
                samples,
                heads.get(NETWORK),
                Tier.of(heads.getOrDefault(TIER, Tier.SHORT.toString())),
                (Long) Records.parse(SEED, heads.getOrDefault(SEED, "1"), long.class),
                steps);
    }

    private static String head(String[] words, int most) {
        Require.that(
                words.length >= 2 && words.length <= most,
                "\"%s\" must be followed by one word",
                String.join(" ", words));
        return words[1];
    }

    private static String[] pair(String word) {
        String[] pair = word.split("=", 2);
        Require.that(pair.length == 2, "\"%s\" is no option, but must read name=value", word);
        return pair;
    }

    /** A step from its words: the method, then {@code option=value}. */
    static Step step(String... words) {
        Method<?> method = Methods.named(words[0]);
        Map<String, Class<?>> types = new TreeMap<>();
        for (var component : method.options().getRecordComponents()) {
            types.put(component.getName(), component.getType());
        }
        SortedMap<String, Object> options = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            String[] pair = pair(words[i]);
            Require.that(
                    types.containsKey(pair[0]),
                    "%s has no option \"%s\"; its options are %s",
                    words[0],
                    pair[0],
                    String.join(", ", types.keySet()));
            Require.that(!options.containsKey(pair[0]), "option %s stands twice; keep one", pair[0]);
            options.put(pair[0], Records.plain(pair[0], pair[1], types.get(pair[0])));
        }
        return new Step(words[0], options).complete();
    }

    /** The lines of a recipe, options at their defaults left away: {@link #read} gives the same recipe back. */
    public static String write(Recipe recipe) {
        StringBuilder text = new StringBuilder();
        text.append(DATASET).append(' ').append(recipe.dataset());
        text.append(recipe.samples() == 0 ? "" : " samples=" + recipe.samples()).append('\n');
        text.append(NETWORK).append(' ').append(recipe.network()).append('\n');
        text.append(TIER).append(' ').append(recipe.tier()).append('\n');
        text.append(SEED).append(' ').append(recipe.seed()).append('\n');
        for (Step step : recipe.steps()) {
            Method<?> method = Methods.named(step.method());
            SortedMap<String, Object> defaults = Records.write(Methods.defaults(method));
            text.append(step.method());
            new Step(step.method(), step.options()).options().forEach((name, value) -> {
                if (!new Step(step.method(), defaults).options().get(name).equals(value)) {
                    text.append(' ').append(name).append('=').append(Records.text(value));
                }
            });
            text.append('\n');
        }
        return text.toString();
    }
}
