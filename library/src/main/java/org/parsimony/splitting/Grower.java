package org.parsimony.splitting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.network.Architectures;
import org.parsimony.network.Cost;
import org.parsimony.network.Model;
import org.parsimony.network.Surgery;
import org.parsimony.network.training.Trainer;
import org.parsimony.splitting.eigen.Ends;
import org.parsimony.splitting.eigen.SplittingMatrices;
import org.parsimony.splitting.eigen.Vectors;
import org.parsimony.steps.Train;

/** One run of {@link Splitting}: its rounds, with the checkpoint after each. */
final class Grower {

    /** Samples whose outputs are compared before and after a split. */
    private static final int COMPARED = 100;

    private final Model start;
    private final Dataset data;
    private final Splitting.Options options;
    private final Context context;
    private final List<SplitLayer> layers;
    private final int[] firstWidths;
    private final Samples samples;
    private final List<GrowthRound> rounds = new ArrayList<>();
    private final List<Neuron> neurons = new ArrayList<>();
    private long begin = System.nanoTime();
    private Model model;

    Grower(Model start, Dataset data, Splitting.Options options, Context context) {
        this.start = start;
        this.data = data;
        this.options = options;
        this.context = context;
        this.layers = SplitLayer.of(start, options.layers());
        this.firstWidths = widths(start);
        this.samples = data.train().draw(options.samples(), context.seed("samples of the curvature"));
        this.model = carries()
                ? start.withOptimiser(options.training().updater(data.train().size()))
                : start.copy();
    }

    private boolean carries() {
        return options.moments() == Splitting.Moments.CARRIED && options.epochs() > 0;
    }

    private Model.OptimiserState state() {
        return carries() ? Model.OptimiserState.KEPT : Model.OptimiserState.LEFT_OUT;
    }

    Grown run() {
        GrowthCheckpoint checkpoint = GrowthCheckpoint.of(start, data, options, context);
        checkpoint.read().ifPresent(saved -> {
            begin -= saved.nanos();
            model = saved.model();
            rounds.addAll(saved.rounds());
            neurons.addAll(saved.neurons());
        });
        while (rounds.size() < options.rounds()) {
            context.progress().checkCancelled();
            int number = rounds.size() + 1;
            Context own = context.part((number - 1.0) / options.rounds(), (double) number / options.rounds());
            GrowthRound grown = grow(number, own);
            rounds.add(number < options.rounds() && options.epochs() > 0 ? trained(grown, own) : grown);
            show();
            if (number < options.rounds()) {
                checkpoint.write(model, state(), rounds, neurons, System.nanoTime() - begin);
            }
        }
        checkpoint.delete();
        Change change = Change.of(start, model, data, begin)
                .trained((options.rounds() - 1.0) * options.epochs(), options.batchSize());
        boolean changed = rounds.stream().anyMatch(round -> round.chosen() > 0);
        return new Grown(
                changed ? change.rightAfter(model) : change, options, List.copyOf(rounds), List.copyOf(neurons));
    }

    private int[] widths(Model of) {
        return layers.stream().mapToInt(layer -> layer.units(of)).toArray();
    }

    /** One round without its training. */
    private GrowthRound grow(int number, Context own) {
        Model before = model;
        long nanos = System.nanoTime();
        own.progress().report(0, 1, "round " + number + ", eigenvalues of " + Architectures.text(model));
        List<Choice.Candidate> candidates =
                switch (options.growth()) {
                    case SPLITTING -> candidates(number);
                    case RANDOM_SPLITS, RANDOM_UNITS -> drawn(number);
                    case NONE -> List.of();
                };
        double seconds = (System.nanoTime() - nanos) * 1e-9;
        Choice.Made made = new Choice(options, data, layers, firstWidths)
                .of(before, candidates, chosen -> grown(before, candidates, chosen, number));
        model = grown(before, candidates, made.chosen(), number);
        double gain = 0;
        int count = 0;
        for (int i = 0; i < candidates.size(); i++) {
            Choice.Candidate c = candidates.get(i);
            boolean known = c.ends() != null;
            neurons.add(new Neuron(
                    number,
                    layers.get(c.layer()).index(),
                    c.unit(),
                    known ? c.ends().least() : Double.NaN,
                    known ? c.ends().greatest() : Double.NaN,
                    known ? c.plan().gain() : Double.NaN,
                    made.costs().length > 0 ? made.costs()[c.layer()] * c.plan().added() : Double.NaN,
                    made.chosen()[i]));
            gain += made.chosen()[i] ? known ? c.plan().gain() : Double.NaN : 0;
            count += made.chosen()[i] ? 1 : 0;
        }
        Cost cost = Cost.of(model, data.train().shape());
        return new GrowthRound(
                number,
                widths(before),
                widths(model),
                count,
                made.reason(),
                cost.parameters(),
                cost.macsDense(),
                options.step() * options.step() / 2 * gain,
                model.evaluate(samples).loss() - before.evaluate(samples).loss(),
                difference(before, model),
                model.evaluate(data.validation()).accuracy(),
                Double.NaN,
                seconds);
    }

    private double difference(Model a, Model b) {
        int n = Math.min(COMPARED, samples.size());
        return a.predict(samples, 0, n)
                .sub(b.predict(samples, 0, n))
                .amaxNumber()
                .doubleValue();
    }

    private List<Choice.Candidate> candidates(int number) {
        List<Choice.Candidate> candidates = new ArrayList<>();
        List<SplittingMatrices> matrices = LayerMatrices.of(model, layers, samples, options.beta());
        for (int l = 0; l < layers.size(); l++) {
            SplittableRandom random = context.random("first vectors, round " + number + ", layer " + l);
            List<Ends> ends;
            try (SplittingMatrices own = matrices.get(l)) {
                ends = options.solver().ends(own, options.effort(), random, context.progress());
            }
            boolean[] movable = layers.get(l).movable(model);
            for (int unit = 0; unit < ends.size(); unit++) {
                if (!movable[unit]) {
                    continue;
                }
                Ends of = ends.get(unit);
                candidates.add(new Choice.Candidate(l, unit, of, options.split().of(of, options.mass())));
            }
        }
        return candidates;
    }

    /** The candidates of a control: gains by chance, and directions too. */
    private List<Choice.Candidate> drawn(int number) {
        List<Choice.Candidate> candidates = new ArrayList<>();
        SplittableRandom random = context.random("control, round " + number);
        for (int l = 0; l < layers.size(); l++) {
            int inputs = layers.get(l).inputs(model);
            boolean[] movable = layers.get(l).movable(model);
            for (int unit = 0; unit < movable.length; unit++) {
                if (!movable[unit]) {
                    continue;
                }
                double[] v = options.growth() == Splitting.Growth.RANDOM_SPLITS
                        ? gaussians(inputs, 1, random)
                        : gaussians(inputs, Math.sqrt(2.0 / inputs), random); // as He and others start ReLU
                if (options.growth() == Splitting.Growth.RANDOM_SPLITS) {
                    Vectors.normalise(v);
                }
                double[] back = Arrays.stream(v).map(x -> -x).toArray();
                List<Scheme.Offspring> halves = List.of(new Scheme.Offspring(0.5, v), new Scheme.Offspring(0.5, back));
                candidates.add(new Choice.Candidate(l, unit, null, new Scheme.Plan(-1 + random.nextDouble(), halves)));
            }
        }
        return candidates;
    }

    private static double[] gaussians(int n, double deviation, SplittableRandom random) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> deviation * random.nextGaussian());
        return values;
    }

    /**
     * {@code before} with the chosen candidates split. The deepest layer first: when a layer is split, the columns of the one
     * above are shared out, those of its displaced rows too, so that every displacement keeps its effect.
     */
    private Model grown(Model before, List<Choice.Candidate> candidates, boolean[] chosen, int number) {
        Model grown = before.copy();
        for (int l = layers.size() - 1; l >= 0; l--) {
            int place = l;
            List<Choice.Candidate> own = IntStream.range(0, chosen.length)
                    .filter(i -> chosen[i] && candidates.get(i).layer() == place)
                    .mapToObj(candidates::get)
                    .toList();
            if (!own.isEmpty()) {
                grown = options.growth() == Splitting.Growth.RANDOM_UNITS
                        ? added(grown, layers.get(l), own)
                        : split(grown, layers.get(l), own);
            }
        }
        return grown;
    }

    /** What a unit becomes stands where it stood, so that a graph's units keep their order. */
    private Model split(Model before, SplitLayer layer, List<Choice.Candidate> own) {
        Map<Integer, Choice.Candidate> splits = byUnit(own);
        List<Integer> source = new ArrayList<>();
        List<Double> share = new ArrayList<>();
        List<double[]> directions = new ArrayList<>();
        for (int unit = 0; unit < layer.units(before); unit++) {
            List<Scheme.Offspring> offspring = splits.containsKey(unit)
                    ? splits.get(unit).plan().offspring()
                    : List.of(new Scheme.Offspring(1, null));
            for (Scheme.Offspring each : offspring) {
                source.add(unit);
                share.add(each.weight());
                directions.add(each.direction());
            }
        }
        Model after = rebuilt(before, layer, source, share);
        for (int unit = 0; unit < directions.size(); unit++) {
            if (directions.get(unit) != null && options.step() > 0) {
                layer.move(after, unit, options.step(), directions.get(unit));
            }
        }
        return after;
    }

    /** Fresh units that nothing reads yet: their outgoing weights begin at 0 and are the first to learn. */
    private Model added(Model before, SplitLayer layer, List<Choice.Candidate> own) {
        Map<Integer, Choice.Candidate> beside = byUnit(own);
        List<Integer> source = new ArrayList<>();
        List<Double> share = new ArrayList<>();
        List<Integer> fresh = new ArrayList<>();
        for (int unit = 0; unit < layer.units(before); unit++) {
            source.add(unit);
            share.add(1.0);
            if (beside.containsKey(unit)) {
                fresh.add(source.size());
                source.add(unit);
                share.add(0.0);
            }
        }
        Model after = rebuilt(before, layer, source, share);
        for (int unit : fresh) {
            layer.begin(
                    after,
                    unit,
                    beside.get(source.get(unit)).plan().offspring().get(0).direction());
        }
        layer.normalise(after, ints(fresh), samples);
        return after;
    }

    private static Map<Integer, Choice.Candidate> byUnit(List<Choice.Candidate> own) {
        return own.stream().collect(Collectors.toMap(Choice.Candidate::unit, c -> c));
    }

    private Model rebuilt(Model before, SplitLayer layer, List<Integer> source, List<Double> share) {
        return Surgery.rebuild(
                before,
                layer.index(),
                ints(source),
                share.stream().mapToDouble(Double::doubleValue).toArray(),
                state());
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private GrowthRound trained(GrowthRound grown, Context own) {
        Context training = own.within("training after round " + grown.number()).part(0.2, 1);
        double accuracy;
        if (carries()) {
            Trainer.Options on = options.training().trainer(training.seed("order"));
            accuracy = Trainer.run(model, data.train(), data.validation(), on, training.progress())
                    .validation()
                    .accuracy();
        } else {
            Train.Trained trained = Train.run(model, data, options.training(), training);
            model = trained.model();
            accuracy = trained.training().validation().accuracy();
        }
        return new GrowthRound(
                grown.number(),
                grown.before(),
                grown.after(),
                grown.chosen(),
                grown.reason(),
                grown.parameters(),
                grown.macs(),
                grown.predicted(),
                grown.measured(),
                grown.difference(),
                grown.accuracy(),
                accuracy,
                grown.solverSeconds());
    }

    private void show() {
        GrowthRound last = rounds.get(rounds.size() - 1);
        context.progress().watch("validation accuracy before training on", last.number(), 100 * last.accuracy());
        if (!Double.isNaN(last.accuracyTuned())) {
            context.progress().watch("validation accuracy", last.number(), 100 * last.accuracyTuned());
        }
        context.progress()
                .report(
                        last.number(),
                        options.rounds(),
                        String.format(
                                Locale.ROOT,
                                "round %d, %d units split, %s",
                                last.number(),
                                last.chosen(),
                                Architectures.text(model)));
    }
}
