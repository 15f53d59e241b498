package org.parsimony.splitting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.junit.jupiter.api.Test;

class Knapsack_LinearProgrammeTest {

    private static final int GROUPS = 4;

    private record Instance(List<Knapsack.Item> items, int[] caps, double budget) {

        static Instance random(SplittableRandom random) {
            List<Knapsack.Item> items = new ArrayList<>();
            int[] caps = new int[GROUPS];
            double all = 0;
            for (int g = 0; g < GROUPS; g++) {
                double cost = Math.exp(6 * random.nextDouble());
                int units = 1 + random.nextInt(7);
                caps[g] = random.nextInt(8);
                for (int u = 0; u < units; u++) {
                    // a third of the units are stable and promise nothing
                    items.add(new Knapsack.Item(Math.max(0, random.nextDouble() - 0.33), cost, g, 1));
                    all += cost;
                }
            }
            return new Instance(items, caps, all * random.nextDouble());
        }

        double value(double[] shares) {
            double value = 0;
            for (int i = 0; i < shares.length; i++) {
                value += shares[i] * items.get(i).gain();
            }
            return value;
        }

        double cost(double[] shares) {
            double cost = 0;
            for (int i = 0; i < shares.length; i++) {
                cost += shares[i] * items.get(i).cost();
            }
            return cost;
        }

        double simplex() {
            int n = items.size();
            List<LinearConstraint> constraints = new ArrayList<>();
            double[] costs = items.stream().mapToDouble(Knapsack.Item::cost).toArray();
            constraints.add(new LinearConstraint(costs, Relationship.LEQ, budget));
            for (int i = 0; i < n; i++) {
                double[] one = new double[n];
                one[i] = 1;
                constraints.add(new LinearConstraint(one, Relationship.LEQ, 1));
            }
            for (int g = 0; g < GROUPS; g++) {
                int group = g;
                double[] own = items.stream()
                        .mapToDouble(item -> item.group() == group ? 1 : 0)
                        .toArray();
                constraints.add(new LinearConstraint(own, Relationship.LEQ, caps[g]));
            }
            double[] gains = items.stream().mapToDouble(Knapsack.Item::gain).toArray();
            return new SimplexSolver()
                    .optimize(
                            new MaxIter(10_000),
                            new LinearObjectiveFunction(gains, 0),
                            new LinearConstraintSet(constraints),
                            GoalType.MAXIMIZE,
                            new NonNegativeConstraint(true))
                    .getValue();
        }
    }

    @Test
    void theGreedyRuleIsTheLinearProgrammeOnAThousandInstances() {
        SplittableRandom random = new SplittableRandom(1);
        int fractional = 0;
        for (int t = 0; t < 1000; t++) {
            Instance instance = Instance.random(random);
            Knapsack knapsack = new Knapsack(instance.items, instance.caps, cost -> cost);
            double[] shares = knapsack.relaxed(instance.budget);
            assertEquals(instance.simplex(), instance.value(shares), 1e-9, "instance " + t);
            assertTrue(instance.cost(shares) <= instance.budget * (1 + 1e-12));
            long parts = Arrays.stream(shares).filter(x -> x > 0 && x < 1).count();
            assertTrue(parts <= 1);
            fractional += (int) parts;
            wholeItemsAreThoseOfTheRelaxedSolution(instance, knapsack, shares);
        }
        assertTrue(fractional > 300, "instances in which the budget cuts an item: " + fractional);
    }

    /** Where every item fits by itself, the whole ones are those that the relaxed solution takes whole. */
    private static void wholeItemsAreThoseOfTheRelaxedSolution(Instance instance, Knapsack knapsack, double[] shares) {
        boolean[] whole = knapsack.whole(instance.budget);
        boolean allFit = instance.items.stream().allMatch(item -> item.cost() <= instance.budget);
        int[] units = new int[GROUPS];
        double cost = 0;
        for (int i = 0; i < whole.length; i++) {
            assertTrue(whole[i] ? instance.items.get(i).gain() > 0 : shares[i] < 1);
            assertTrue(!allFit || whole[i] == (shares[i] == 1));
            cost += whole[i] ? instance.items.get(i).cost() : 0;
            units[instance.items.get(i).group()] += whole[i] ? 1 : 0;
        }
        assertTrue(cost <= instance.budget * (1 + 1e-9));
        assertTrue(cost > 0 || knapsack.cheapest() > instance.budget);
        for (int g = 0; g < GROUPS; g++) {
            assertTrue(units[g] <= instance.caps[g]);
        }
    }

    /** Dear units of much gain, cheap ones of little: plain order takes the dear one, the exact rule two cheap ones. */
    @Test
    void whatIsChargedForDecidesWhatGrows() {
        List<Knapsack.Item> items =
                List.of(new Knapsack.Item(3, 10, 0, 1), new Knapsack.Item(2, 5, 1, 1), new Knapsack.Item(2, 5, 1, 1));
        int[] caps = {5, 5};
        boolean[] plain = new Knapsack(items, caps, Price.NONE.of()).whole(10);
        boolean[] aware = new Knapsack(items, caps, Price.COST.of()).whole(10);
        assertEquals("[true, false, false]", Arrays.toString(plain));
        assertEquals("[false, true, true]", Arrays.toString(aware));
        assertEquals(5, new Knapsack(items, caps, Price.COST.of()).cheapest());
    }
}
