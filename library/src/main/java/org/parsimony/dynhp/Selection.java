package org.parsimony.dynhp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.network.graph.Footprint;

/**
 * Which units a check marks: those of the least scores, no more than a target of parameters asks for. Of equal scores the
 * earlier layer's and unit's goes first.
 *
 * @param footprint tells what is left without them
 * @param mostShare of a layer's units that may be marked at once
 * @param leastUnits that a layer keeps
 */
record Selection(Footprint footprint, double mostShare, int leastUnits) {

    private record Candidate(int layer, int unit, double score) {}

    /**
     * Marks by layer.
     *
     * @param scores by layer, one a unit, comparable among layers; infinite for a unit that must stay
     * @param gone units that are out already, marked again in the result
     * @param target parameters that may be left
     */
    Map<Integer, boolean[]> of(Map<Integer, double[]> scores, Map<Integer, boolean[]> gone, long target) {
        List<Candidate> order = allowed(scores, gone);
        int low = 0;
        int high = order.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (footprint.without(marked(order, middle, gone)).parameters() <= target) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return marked(order, low, gone);
    }

    /** Candidates in the order in which they would go, those left out that a layer must keep. */
    private List<Candidate> allowed(Map<Integer, double[]> scores, Map<Integer, boolean[]> gone) {
        List<Candidate> all = new ArrayList<>();
        Map<Integer, Integer> room = new TreeMap<>();
        scores.forEach((layer, own) -> {
            int alive = 0;
            for (int unit = 0; unit < own.length; unit++) {
                if (!gone.get(layer)[unit]) {
                    alive++;
                    if (own[unit] < Double.POSITIVE_INFINITY) {
                        all.add(new Candidate(layer, unit, own[unit]));
                    }
                }
            }
            int share = Math.max(1, (int) Math.floor(mostShare * alive));
            room.put(layer, Math.min(share, Math.max(0, alive - leastUnits)));
        });
        all.sort(Comparator.comparingDouble(Candidate::score)
                .thenComparingInt(Candidate::layer)
                .thenComparingInt(Candidate::unit));
        all.removeIf(candidate -> room.merge(candidate.layer(), -1, Integer::sum) < 0);
        return all;
    }

    private static Map<Integer, boolean[]> marked(List<Candidate> order, int n, Map<Integer, boolean[]> gone) {
        Map<Integer, boolean[]> marks = new TreeMap<>();
        gone.forEach((layer, own) -> marks.put(layer, own.clone()));
        order.subList(0, n).forEach(candidate -> marks.get(candidate.layer())[candidate.unit()] = true);
        return marks;
    }
}
