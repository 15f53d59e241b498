package org.parsimony.experiment.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parsimony.base.Progress;
import org.parsimony.experiment.Recipe;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Workplace;
import org.parsimony.experiment.running.Carrier;
import org.parsimony.experiment.running.Sweep;
import org.parsimony.experiment.store.RunStore;
import org.parsimony.experiment.sweep.Search.Halving;

/**
 * Carries out a {@link SweepPlan}: what the run store has is not carried out again, a recipe that fails is a trial with its
 * error, and what was interrupted goes on. The same plan over the same store gives the same outcome, whoever carries it out.
 */
public final class Sweeping {

    private static final String CURVE = "best on validation so far";

    private final SweepPlan plan;
    private final Workplace place;
    private final Carrier carrier;
    private final Progress progress;
    private int finished;
    private double best = Double.NaN;

    private Sweeping(SweepPlan plan, Workplace place, Carrier carrier, Progress progress) {
        this.plan = plan;
        this.place = place;
        this.carrier = carrier;
        this.progress = progress;
    }

    /**
     * Carries out what the store lacks.
     *
     * @param place whose store and materials it is
     * @param carrier who does it
     * @throws IllegalArgumentException if data set or network are not known, or every setting is refused
     * @throws java.util.concurrent.CancellationException if it is cancelled; finished runs stay in the store
     */
    public static SweepOutcome run(SweepPlan plan, Workplace place, Carrier carrier, Progress progress) {
        try (RunStore store = RunStore.open(place.store())) {
            return new Sweeping(plan, place, carrier, progress).over(store);
        }
    }

    /** What the store has of a sweep; nothing is carried out, and what lacks is a trial that says so. */
    public static SweepOutcome look(SweepPlan plan, Workplace place) {
        return run(plan, place, Carrier.NOBODY, Progress.NONE);
    }

    private SweepOutcome over(RunStore store) {
        List<Setting> alive = plan.settings();
        List<Trial> trials = new ArrayList<>();
        double whole = expected(alive.size());
        double done = 0;
        for (int rung = 1; rung <= plan.search().rungs(); rung++) {
            double share = alive.size() / whole;
            List<Trial> tried = tried(store, alive, rung, progress.part(done, Math.min(1, done + share)));
            done += share;
            trials.addAll(tried);
            alive = kept(tried);
        }
        return new SweepOutcome(plan, trials);
    }

    /** Trials of all rungs, when none fails. */
    private double expected(int settings) {
        double all = settings;
        int left = settings;
        for (int rung = 1; rung < plan.search().rungs(); rung++) {
            left = ((Halving) plan.search()).kept(left);
            all += left;
        }
        return all;
    }

    /** Those that go on, in the order in which they came: the best on validation samples, of equals the earlier. */
    private List<Setting> kept(List<Trial> tried) {
        if (!(plan.search() instanceof Halving halving)) {
            return List.of();
        }
        return tried.stream()
                .filter(Trial::isFinished)
                .sorted(Comparator.comparingDouble(Trial::score).reversed())
                .limit(halving.kept(tried.size()))
                .map(Trial::setting)
                .sorted(Comparator.comparingInt(Setting::number))
                .toList();
    }

    private List<Trial> tried(RunStore store, List<Setting> settings, int rung, Progress part) {
        Map<Setting, List<Recipe>> recipes = new LinkedHashMap<>();
        Map<Setting, String> refused = new HashMap<>();
        IllegalArgumentException first = null;
        for (Setting setting : settings) {
            try {
                recipes.put(setting, seeds(plan.recipe(setting, rung)));
            } catch (IllegalArgumentException e) {
                first = first == null ? e : first;
                refused.put(setting, e.getMessage());
                recipes.put(setting, List.of());
            }
        }
        if (first != null && refused.size() == settings.size()) {
            throw first;
        }
        List<Recipe> all = recipes.values().stream().flatMap(List::stream).toList();
        Workplace.Ready ready = place.ready(all);
        Map<Recipe, Recipe> whole = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            whole.put(all.get(i), ready.recipes().get(i));
        }
        Map<Recipe, Setting> of = new HashMap<>();
        recipes.forEach((setting, own) -> own.forEach(recipe -> of.put(whole.get(recipe), setting)));
        Map<Setting, List<Sweep.Result>> open = new HashMap<>();
        Map<String, Sweep.Result> results = new HashMap<>();
        Sweep.Report report = carrier.run(ready.place(), store, ready.recipes(), part, result -> {
            Setting setting = of.get(result.recipe());
            List<Sweep.Result> own = open.computeIfAbsent(setting, s -> new ArrayList<>());
            own.add(result);
            if (own.size() == plan.seeds()) {
                watch(trial(setting, rung, recipes.get(setting), own, null));
            }
        });
        report.results().forEach(result -> results.put(result.recipe().id(), result));
        List<Trial> trials = new ArrayList<>();
        recipes.forEach((setting, own) -> trials.add(trial(
                setting,
                rung,
                own,
                own.stream().map(recipe -> results.get(whole.get(recipe).id())).toList(),
                refused.get(setting))));
        return trials;
    }

    private List<Recipe> seeds(Recipe recipe) {
        List<Recipe> all = new ArrayList<>();
        for (long seed = 1; seed <= plan.seeds(); seed++) {
            all.add(plan.seeds() == 1 ? recipe : recipe.withSeed(seed));
        }
        return all;
    }

    private static Trial trial(
            Setting setting, int rung, List<Recipe> recipes, List<Sweep.Result> results, String refused) {
        List<Run> runs = results.stream()
                .map(Sweep.Result::run)
                .filter(run -> run != null)
                .sorted(Comparator.comparingLong(run -> run.recipe().seed()))
                .toList();
        Set<String> errors = new LinkedHashSet<>();
        if (refused != null) {
            errors.add(refused);
        }
        results.stream()
                .filter(result -> result.run() == null)
                .map(Sweep.Result::reason)
                .forEach(errors::add);
        return new Trial(setting, rung, recipes.isEmpty() ? null : recipes.get(0), runs, List.copyOf(errors));
    }

    /** The live curve: of the trials with all of their training, or as much of it as the rung gives. */
    private void watch(Trial trial) {
        finished++;
        double now = trial.validation();
        if (!Double.isNaN(now)) {
            best = Double.isNaN(best) ? now : trial.isValued() ? Math.min(best, now) : Math.max(best, now);
            progress.watch(CURVE, finished, best);
        }
    }
}
