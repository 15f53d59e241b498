package org.parsimony.equilibrium;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.parsimony.method.Context;

/** Epochs of a directed network on one task. Complexity: for each sample and step the square of the units. */
final class DirectedTraining {

    private static final double DEVIATION = 0.05;

    private final Directed.Options options;
    private final Gate.Task task;
    private final Context context;
    private final SplittableRandom states;
    private final SplittableRandom removals;
    private final DirectedNet net;
    private final List<DirectedRun.Epoch> epochs = new ArrayList<>();
    private int divergedAt = -1;

    DirectedTraining(Directed.Options options, Gate.Task task, Context context) {
        this.options = options;
        this.task = task;
        this.context = context;
        states = context.random("states");
        removals = context.random("removal");
        net = DirectedNet.drawn(
                task.x()[0].length + 1,
                options.hidden(),
                options.readout().outputs(task.classes()),
                DEVIATION,
                options.leak(),
                context.random("weights"));
    }

    private DirectedTraining(DirectedTraining of, DirectedNet net, SplittableRandom states) {
        options = of.options;
        task = of.task;
        context = of.context;
        removals = of.removals;
        this.states = states;
        this.net = net;
    }

    /** Until the last epoch, or the first after which something is no number. */
    void run() {
        for (int e = 0; e < options.epochs() && divergedAt < 0; e++) {
            context.progress().checkCancelled();
            epochs.add(epoch(e));
            context.progress().report(e + 1, options.epochs(), "epoch " + (e + 1));
        }
        if (divergedAt < 0) {
            epochs.add(look(options.epochs()));
        }
    }

    DirectedNet net() {
        return net;
    }

    List<DirectedRun.Epoch> epochs() {
        return List.copyOf(epochs);
    }

    /** The epoch after which something was infinite or NaN, or −1. */
    int divergedAt() {
        return divergedAt;
    }

    /** Looks at the network as it is, then updates it. */
    private DirectedRun.Epoch epoch(int number) {
        int units = net.units();
        double[][] change = new double[units][units];
        Tally tally = new Tally();
        for (int s = 0; s < task.x().length; s++) {
            double[] free = settled(task.x()[s], states);
            double[] y = options.readout().target(task.labels()[s], task.classes());
            tally.add(free, y, task.labels()[s]);
            double[] end = net.nudge(free, y, options.beta(), options.dt(), options.nudgedSteps(), change);
            divergedAt = Arrays.stream(end).allMatch(Double::isFinite) ? divergedAt : number;
        }
        DirectedRun.Epoch row = tally.row(number);
        for (int i = 0; i < units; i++) {
            for (int j = net.inputs(); j < units; j++) {
                if (i != j) {
                    double w = net.weights()[i][j] + options.learningRate() * change[i][j] / task.x().length;
                    net.weights()[i][j] = shrunk(w);
                    divergedAt = Double.isFinite(w) ? divergedAt : number;
                }
            }
        }
        if (options.removal() == Directed.Removal.STOCHASTIC) {
            remove();
        }
        return row;
    }

    private double shrunk(double w) {
        return switch (options.shrinkage()) {
            case NONE -> w;
            case SIGN -> w - options.strength() * Math.signum(w);
            case SOFT -> Math.abs(w) <= options.strength() ? 0 : w - options.strength() * Math.signum(w);
        };
    }

    /** Zero with probability exp(−|W_ij| / T) / Σ_i exp(−|W_ij| / T), the sum over all units i, of weights that are small. */
    private void remove() {
        int units = net.units();
        for (int j = net.inputs(); j < units; j++) {
            double sum = 0;
            for (int i = 0; i < units; i++) {
                sum += Math.exp(-Math.abs(net.weights()[i][j]) / options.temperature());
            }
            for (int i = 0; i < units; i++) {
                double size = Math.abs(net.weights()[i][j]);
                double p = Math.exp(-size / options.temperature()) / sum;
                double u = removals.nextDouble();
                if (size <= options.removable() && p > u) {
                    net.weights()[i][j] = 0;
                }
            }
        }
    }

    private double[] settled(double[] x, SplittableRandom random) {
        return net.settle(net.begin(x, random), options.dt(), options.freeSteps());
    }

    private DirectedRun.Epoch look(int number) {
        Tally tally = new Tally();
        for (int s = 0; s < task.x().length; s++) {
            double[] y = options.readout().target(task.labels()[s], task.classes());
            tally.add(settled(task.x()[s], states), y, task.labels()[s]);
        }
        return tally.row(number);
    }

    /** How it does with its smallest weights cut, so many that {@code zeros} are zero. */
    DirectedRun.Epoch looked(int zeros, SplittableRandom random) {
        return new DirectedTraining(this, net.pruned(zeros), random).look(options.epochs());
    }

    /** The share of samples of another task with the same inputs that are told wrongly. */
    double errors(Gate.Task other, SplittableRandom random) {
        int wrong = 0;
        for (int s = 0; s < other.x().length; s++) {
            double[] free = settled(other.x()[s], random);
            wrong += options.readout().label(free, net.units() - net.outputs()) == other.labels()[s] ? 0 : 1;
        }
        return (double) wrong / other.x().length;
    }

    /** What the free phases of one epoch show. */
    private final class Tally {

        private int samples;
        private int wrong;
        private double cost;
        private int saturated;

        void add(double[] free, double[] y, int label) {
            int from = free.length - net.outputs();
            samples++;
            wrong += options.readout().label(free, from) == label ? 0 : 1;
            for (int o = 0; o < y.length; o++) {
                cost += (free[from + o] - y[o]) * (free[from + o] - y[o]) / 2;
            }
            for (int j = net.inputs(); j < free.length; j++) {
                saturated += free[j] == 0 || free[j] == 1 ? 1 : 0;
            }
        }

        DirectedRun.Epoch row(int number) {
            return new DirectedRun.Epoch(
                    number,
                    cost / samples,
                    (double) wrong / samples,
                    (double) saturated / (samples * (net.units() - net.inputs())),
                    net.zeros());
        }
    }
}
