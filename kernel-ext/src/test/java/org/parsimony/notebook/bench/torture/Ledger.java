package org.parsimony.notebook.bench.torture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.store.RunStore;

/** Which runs were finished, by the store or by the word of a process, and what became of them. */
final class Ledger {

    private static final Pattern FINISHED = Pattern.compile("finished ([0-9a-f]{64})");

    private final Path store;
    private final Map<String, String> seen = new LinkedHashMap<>();
    private final Set<String> told = new LinkedHashSet<>();
    private final Set<String> lost = new LinkedHashSet<>();
    private final Set<String> twice = new LinkedHashSet<>();

    Ledger(Path store) {
        this.store = store;
    }

    /** Takes the word of a process, or of the cells of a notebook, for the runs that it names as finished. */
    void tell(String said) {
        Matcher finished = FINISHED.matcher(said);
        while (finished.find()) {
            told.add(finished.group(1));
        }
    }

    /** Looks whether every finished run is in the store as it was. */
    void check() {
        Map<String, String> now = new LinkedHashMap<>();
        try (RunStore open = RunStore.open(store)) {
            for (Run run : open.all()) {
                if (now.put(run.id(), run.json()) != null) {
                    twice.add(run.id());
                }
            }
        }
        check(now);
    }

    /** @param now what the store holds, by id */
    void check(Map<String, String> now) {
        seen.forEach((id, json) -> {
            if (!now.containsKey(id)) {
                lost.add(id);
            } else if (!now.get(id).equals(json)) {
                twice.add(id); // somebody carried it out again, and the first did not stay
            }
        });
        told.stream().filter(id -> !now.containsKey(id)).forEach(lost::add);
        now.forEach(seen::putIfAbsent);
    }

    int finished() {
        return seen.size();
    }

    int told() {
        return told.size();
    }

    /** The ids of all finished runs. */
    List<String> ids() {
        return new ArrayList<>(seen.keySet());
    }

    int lost() {
        return lost.size();
    }

    int twice() {
        return twice.size();
    }
}
