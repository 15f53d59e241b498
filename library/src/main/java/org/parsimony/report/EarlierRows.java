package org.parsimony.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.base.Json;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.PaperRuns;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What became of the rows that a paper has from before recipes had steps ({@code results/earlier/runs-1.jsonl}). A row is
 * measured again where a run of today has its arm on its data set and network with the same settings, and planned where an
 * experiment of the paper has such a recipe that was not run yet. {@code results/earlier/names.json} says what arms and
 * networks are called today, and which option of an earlier recipe is the setting of today.
 */
final class EarlierRows {

    private static final String FOLDER = "earlier";

    private final SortedMap<String, Object> names;
    private final Set<List<Object>> measured = new HashSet<>();
    private final Set<List<Object>> planned = new HashSet<>();

    private EarlierRows(SortedMap<String, Object> names, String paper, List<Run> runs) {
        this.names = names;
        runs.forEach(run ->
                measured.add(key(run.arm(), run.recipe().dataset(), run.recipe().network())));
        for (String experiment : Experiment.names(paper)) {
            for (Tier tier : Tier.values()) {
                if (tier != Tier.SMOKE) {
                    Experiment.of(paper, experiment, tier)
                            .trials()
                            .forEach(trial -> planned.add(key(
                                    trial.arm(),
                                    trial.recipe().dataset(),
                                    trial.recipe().network())));
                }
            }
        }
    }

    private static List<Object> key(Arm arm, String dataset, String network) {
        return List.of(arm.name(), arm.settings(), dataset, network);
    }

    /**
     * A row for each arm, data set, network and tier of the earlier runs; empty if the paper has none.
     *
     * @param runs of today, the arms as they are filed under the paper
     */
    static Optional<Table> of(String paper, List<Run> runs) {
        Path folder = PaperRuns.folder(paper).resolve(FOLDER);
        Path lines = folder.resolve("runs-1.jsonl");
        if (!Files.exists(lines)) {
            return Optional.empty();
        }
        try {
            EarlierRows rows = new EarlierRows(
                    Json.readObject("names of earlier rows", Files.readString(folder.resolve("names.json"))), paper, runs);
            List<SortedMap<String, Object>> recipes = new ArrayList<>();
            for (String line : Files.readAllLines(lines)) {
                recipes.add(object(Json.readObject("an earlier row", line), "recipe"));
            }
            return Optional.of(rows.table(recipes));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private Table table(List<SortedMap<String, Object>> recipes) {
        SortedMap<String, int[]> counts = new TreeMap<>();
        Map<String, List<String>> heads = new TreeMap<>();
        for (SortedMap<String, Object> recipe : recipes) {
            List<String> head = List.of(
                    text(recipe, "method"), text(recipe, "dataset"), text(recipe, "network"), text(recipe, "tier"));
            String sorted = String.join("\n", head);
            heads.put(sorted, head);
            int[] count = counts.computeIfAbsent(sorted, key -> new int[4]);
            count[0]++;
            List<List<Object>> today = today(recipe);
            count[today.stream().anyMatch(measured::contains) ? 1 : today.stream().anyMatch(planned::contains) ? 2 : 3]++;
        }
        Table table = Table.create("earlier rows");
        String[] words = {"arm then", "data set", "network", "tier"};
        for (int i = 0; i < words.length; i++) {
            int column = i;
            table.addColumns(StringColumn.create(
                    words[i],
                    heads.values().stream().map(head -> head.get(column)).toList()));
        }
        String[] kinds = {"rows", "measured again", "planned", "no successor"};
        for (int i = 0; i < kinds.length; i++) {
            int kind = i;
            table.addColumns(IntColumn.create(
                    kinds[i],
                    counts.values().stream().mapToInt(count -> count[kind]).toArray()));
        }
        return table;
    }

    /** The recipe as arms of today: with all of its settings that have a name now, or with some of them. */
    private List<List<Object>> today(SortedMap<String, Object> recipe) {
        String arm = renamed("arms", text(recipe, "method"));
        String network = renamed("networks", text(recipe, "network"));
        SortedMap<String, Object> options = object(recipe, "options");
        List<SortedMap<String, Object>> settings = new ArrayList<>(List.of(new TreeMap<>()));
        object(names, "settings").forEach((setting, option) -> {
            value(options, option.toString()).ifPresent(value -> List.copyOf(settings).forEach(less -> {
                SortedMap<String, Object> more = new TreeMap<>(less);
                more.put(setting, value);
                settings.add(more);
            }));
        });
        return settings.stream()
                .map(map -> key(new Arm(arm, map), text(recipe, "dataset"), network))
                .toList();
    }

    /** The option, as the settings of today have it: a number for a list of one, {@code NAME%} as a share. */
    private static Optional<Object> value(SortedMap<String, Object> options, String option) {
        boolean percent = option.endsWith("%");
        Object value = options.get(percent ? option.substring(0, option.length() - 1) : option);
        if (value instanceof List<?> list) {
            value = list.size() == 1 ? list.get(0) : list;
        }
        if (percent && value instanceof Number number) {
            value = Json.normal(number.doubleValue() / 100);
        }
        return Optional.ofNullable(value);
    }

    private String renamed(String kind, String name) {
        return object(names, kind).getOrDefault(name, name).toString();
    }

    private static String text(SortedMap<String, Object> map, String key) {
        return map.get(key).toString();
    }

    @SuppressWarnings("unchecked")
    private static SortedMap<String, Object> object(SortedMap<String, Object> map, String key) {
        return (SortedMap<String, Object>) map.getOrDefault(key, new TreeMap<>());
    }
}
