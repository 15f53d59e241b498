package org.parsimony.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.parsimony.claims.Claim;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.PaperExperiments;
import org.parsimony.experiment.Protocol;
import org.parsimony.experiment.Run;
import org.parsimony.experiment.Tier;

/**
 * The runs of a paper by experiment, data set and network; {@link PaperExperiments} tells which experiments a run is of. Of
 * several tiers that have runs of a section, the one nearest to the paper's protocol counts; smoke never does.
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

        /** Of these claims those about this experiment, or about any. */
        List<Claim> about(List<Claim> claims) {
            return claims.stream()
                    .filter(claim -> claim.experiment().isEmpty()
                            || experiment != null && claim.experiment().equals(experiment.name()))
                    .toList();
        }

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

        /** What its arms are compared by; empty for the accuracy or error of the row. */
        String measure() {
            return experiment == null ? "" : experiment.measure();
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
        PaperExperiments experiments = PaperExperiments.of(paper);
        Map<Key, List<Run>> groups = new TreeMap<>(Comparator.comparing(Key::experiment)
                .thenComparing(Key::dataset)
                .thenComparing(Key::network));
        for (Run run : runs) {
            if (run.recipe().tier() != Tier.SMOKE) {
                Set<String> names = experiments.of(run);
                for (String experiment : names.isEmpty() ? Set.of("") : names) {
                    Key key = new Key(experiment, run.recipe().dataset(), experiments.network(run, experiment));
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
                            experiment == null ? "" : experiment.control(),
                            experiment == null ? Set.of() : experiment.exempt().keySet())));
        });
        return sections.stream()
                .filter(section -> sections.stream().noneMatch(other -> isPartOf(section, other)))
                .toList();
    }

    /**
     * Without runs of a control that none of the arms was trained like: it is that of another experiment. Arms that are exempt
     * are trained otherwise by intent and tell nothing; where there are no others every control stays.
     */
    private static List<Run> controlled(List<Run> runs, String control, Set<String> exempt) {
        List<Run> arms =
                runs.stream().filter(run -> !run.arm().name().equals(control)).toList();
        List<Run> alike =
                arms.stream().filter(run -> !exempt.contains(run.arm().name())).toList();
        return runs.stream()
                .filter(run -> alike.isEmpty()
                        || arms.contains(run)
                        || alike.stream().anyMatch(arm -> Protocol.isFair(arm.recipe(), run.recipe())))
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
}
