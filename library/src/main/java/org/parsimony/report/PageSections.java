package org.parsimony.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.parsimony.experiment.Arm;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Protocol;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;

/**
 * The runs of a paper by experiment, data set and network. A run belongs to every experiment that has its recipe under its
 * arm's name; where none has (another data set, other epochs), to every one that has an arm of this name and these
 * settings. Of several tiers that have runs of a section, the one nearest to the paper's protocol counts; smoke never
 * does.
 */
final class PageSections {

    static final String OCCUPANCY = "occupancy";
    static final String OVERVIEW = "overview";
    static final String EQUAL = "equal";
    /** Kinds of figures that are tables. */
    static final Set<String> TABLES = Set.of(OCCUPANCY, OVERVIEW, EQUAL);

    private PageSections() {}

    /**
     * One section.
     *
     * @param experiment of the paper; null for runs that belong to none
     * @param runs of one data set, network and tier
     */
    record Section(Experiment experiment, String dataset, String network, Tier tier, List<Run> runs) {

        String title() {
            return (experiment == null ? "" : experiment.title() + ": ") + dataset + ", " + network;
        }

        /** What its files begin with. */
        String name() {
            String of = dataset + "-" + network;
            return (experiment == null ? of : experiment.name() + "-" + of).replaceAll("[^A-Za-z0-9.@-]+", "-");
        }

        String control() {
            return experiment == null ? "" : experiment.control();
        }

        String method() {
            boolean run = experiment != null
                    && runs.stream().anyMatch(one -> one.arm().name().equals(experiment.method()));
            return run ? experiment.method() : "";
        }

        boolean isWith(String table) {
            return experiment != null
                    && experiment.figures().stream().anyMatch(figure -> table.equals(figure.get("kind")));
        }

        /** The columns of the row at which arms are to be compared as equals. */
        List<String> equals() {
            return experiment == null
                    ? List.of()
                    : experiment.figures().stream()
                            .filter(figure -> EQUAL.equals(figure.get("kind")))
                            .map(figure -> String.valueOf(figure.get("column")))
                            .toList();
        }

        List<Drawing> drawings() {
            List<Drawing> drawings = new ArrayList<>();
            if (experiment != null) {
                experiment.figures().stream()
                        .filter(figure -> !TABLES.contains(String.valueOf(figure.get("kind"))))
                        .map(Drawing::of)
                        .forEach(drawings::add);
            }
            return drawings.isEmpty() ? List.of(Drawing.of(Map.of("kind", Drawing.ARMS))) : drawings;
        }
    }

    private record Key(String experiment, String dataset, String network) {}

    static List<Section> of(String paper, List<Run> runs) {
        Map<Tier, List<Plan>> plans = new EnumMap<>(Tier.class);
        Map<Key, List<Run>> groups = new TreeMap<>(Comparator.comparing(Key::experiment)
                .thenComparing(Key::dataset)
                .thenComparing(Key::network));
        for (Run run : runs) {
            Tier tier = run.recipe().tier();
            if (tier != Tier.SMOKE) {
                List<Plan> known = plans.computeIfAbsent(tier, t -> Experiment.names(paper).stream()
                        .map(name -> Plan.of(Experiment.of(paper, name, t)))
                        .toList());
                for (String experiment : experiments(run, known)) {
                    Key key = new Key(experiment, run.recipe().dataset(), network(run, experiment, known));
                    groups.computeIfAbsent(key, k -> new ArrayList<>()).add(run);
                }
            }
        }
        List<Section> sections = new ArrayList<>();
        groups.forEach((key, own) -> {
            Tier tier = own.stream()
                    .map(run -> run.recipe().tier())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            Experiment experiment = key.experiment().isEmpty() ? null : Experiment.of(paper, key.experiment(), tier);
            sections.add(new Section(
                    experiment,
                    key.dataset(),
                    key.network(),
                    tier,
                    controlled(
                            own.stream()
                                    .filter(run -> run.recipe().tier() == tier)
                                    .toList(),
                            experiment == null ? "" : experiment.control())));
        });
        return sections.stream()
                .filter(section -> sections.stream().noneMatch(other -> isPartOf(section, other)))
                .toList();
    }

    /** Without runs of a control that none of the arms was trained like: it is that of another experiment. */
    private static List<Run> controlled(List<Run> runs, String control) {
        List<Run> arms =
                runs.stream().filter(run -> !run.arm().name().equals(control)).toList();
        return runs.stream()
                .filter(run -> arms.isEmpty()
                        || arms.contains(run)
                        || arms.stream().anyMatch(arm -> Protocol.isFair(arm.recipe(), run.recipe())))
                .toList();
    }

    /** Whether another section has all its runs and more: it shares arms, such as the control, with an experiment not run. */
    private static boolean isPartOf(Section section, Section other) {
        Set<String> ids = ids(other);
        return ids.size() > ids(section).size() && ids.containsAll(ids(section));
    }

    private static Set<String> ids(Section section) {
        return section.runs().stream().map(Run::id).collect(Collectors.toSet());
    }

    /**
     * An experiment's arms.
     *
     * @param networks of its control, by data set
     */
    private record Plan(String name, Set<String> trials, Set<String> arms, Map<String, Set<String>> networks) {

        static Plan of(Experiment experiment) {
            Set<String> trials = new HashSet<>();
            Set<String> arms = new HashSet<>();
            Map<String, Set<String>> networks = new HashMap<>();
            for (Experiment.Trial trial : experiment.trials()) {
                trials.add(trial.recipe().id() + trial.arm());
                arms.add(shape(trial.arm()));
                if (trial.arm().name().equals(experiment.control())) {
                    networks.computeIfAbsent(trial.recipe().dataset(), data -> new HashSet<>())
                            .add(trial.recipe().network());
                }
            }
            return new Plan(experiment.name(), trials, arms, networks);
        }
    }

    private static String shape(Arm arm) {
        return arm.name() + " " + arm.settings().keySet();
    }

    /**
     * The network whose section a run stands in: that of the experiment's control, where the run's own arm starts from another
     * one and the control has but one on these data; else its own.
     */
    private static String network(Run run, String experiment, List<Plan> plans) {
        String own = run.recipe().network();
        Set<String> controls = plans.stream()
                .filter(plan -> plan.name().equals(experiment) && plan.trials().contains(run.id() + run.arm()))
                .flatMap(plan -> plan.networks().getOrDefault(run.recipe().dataset(), Set.of()).stream())
                .collect(Collectors.toSet());
        return controls.size() == 1 ? controls.iterator().next() : own;
    }

    private static Set<String> experiments(Run run, List<Plan> plans) {
        Set<String> exactly = new TreeSet<>();
        Set<String> alike = new TreeSet<>();
        for (Plan plan : plans) {
            if (plan.trials().contains(run.id() + run.arm())) {
                exactly.add(plan.name());
            }
            if (plan.arms().contains(shape(run.arm()))) {
                alike.add(plan.name());
            }
        }
        return !exactly.isEmpty() ? exactly : !alike.isEmpty() ? alike : Set.of("");
    }
}
