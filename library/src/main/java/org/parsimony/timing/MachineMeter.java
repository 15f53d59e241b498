package org.parsimony.timing;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.parsimony.base.Progress;
import org.parsimony.base.Seeds;
import org.parsimony.coding.Code;
import org.parsimony.coding.CodedLayer;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.coding.DenseMatrix;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Architecture.Weights;
import org.parsimony.network.Backend;
import org.parsimony.network.Layers;
import org.parsimony.network.Model;
import org.parsimony.network.Statistics;
import org.parsimony.network.graph.Blueprint;
import org.parsimony.network.graph.Op;
import org.parsimony.network.graph.Pass;
import org.parsimony.network.machine.Machine;

/**
 * Measures on this machine, on one thread. A kernel is computed as the running network computes it: by Deeplearning4j's layer,
 * or from its code by the pass of a coded network; values and weights are random, zeros and repeated values as the kernel says.
 */
final class MachineMeter implements Meter {

    /** Nodes have the names of a chain's layers. */
    private static final String NODE = "layer ";

    private static final int SLICE = 64;
    private static final int WARM_NETWORKS = 4;
    /** Nanoseconds. */
    private static final long WARM_ROUND = 500_000_000;

    private static final int LEAST_WARM_ROUNDS = 4;
    private static final int MOST_WARM_ROUNDS = 20;
    /** Milliseconds of the compiler within a round. */
    private static final long STILL_COMPILING = 25;
    /** Where it is not 0, each array that is allocated costs a look at the system's memory. */
    private static final String POLLING =
            "maxPhysicalBytes=" + System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes", "default");

    /** Made when something is measured. */
    private Stopwatch stopwatch;

    @Override
    public String machine() {
        Machine here = Machine.here();
        return String.join(
                "; ", here.cpu(), here.instructions(), here.blas(), here.kernel(), here.jdk(), here.os(), POLLING);
    }

    @Override
    public double[] sequences(List<List<Kernel>> sequences, Progress progress) {
        double[] seconds = new double[sequences.size()];
        Stopwatch stopwatch = stopwatch();
        for (int from = 0; from < seconds.length; from += SLICE) { // not all of them need be in memory at once
            int to = Math.min(seconds.length, from + SLICE);
            List<Stopwatch.Timed> calls = sequences.subList(from, to).stream()
                    .map(MachineMeter::timed)
                    .toList();
            Progress part = progress.part((double) from / seconds.length, (double) to / seconds.length);
            System.arraycopy(stopwatch.seconds(calls, "layers measured", part), 0, seconds, from, to - from);
        }
        return seconds;
    }

    @Override
    public double[] networks(List<TimedNet> networks, Progress progress) {
        return stopwatch()
                .seconds(networks.stream().map(net -> whole(net.pass())).toList(), "networks measured", progress);
    }

    private synchronized Stopwatch stopwatch() {
        Backend.tame();
        if (stopwatch == null) {
            warm();
            stopwatch = new Stopwatch();
        }
        return stopwatch;
    }

    /**
     * Runs networks of every kind until the JVM has compiled what they call: what is measured stays in the table, and a layer that
     * is interpreted takes many times as long. Processor time counts, since on a busy machine the clock goes on without it.
     */
    private static void warm() {
        List<Runnable> passes = new ArrayList<>();
        for (Container container : Container.values()) {
            for (int i = 0; i < WARM_NETWORKS; i++) {
                passes.add(TimedNet.of(container, "warm-up", i).pass());
            }
        }
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        boolean tells = compiler != null && compiler.isCompilationTimeMonitoringSupported();
        for (int round = 0; round < MOST_WARM_ROUNDS; round++) {
            long compiled = tells ? compiler.getTotalCompilationTime() : 0;
            long begun = processorNanos();
            while (processorNanos() - begun < WARM_ROUND) {
                passes.forEach(Runnable::run);
            }
            boolean quiet = tells && compiler.getTotalCompilationTime() - compiled < STILL_COMPILING;
            if (quiet && round + 1 >= LEAST_WARM_ROUNDS) {
                break;
            }
        }
    }

    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private static Stopwatch.Timed whole(Runnable pass) {
        return () -> {
            long start = System.nanoTime();
            pass.run();
            return System.nanoTime() - start;
        };
    }

    private static Stopwatch.Timed timed(List<Kernel> kernels) {
        SplittableRandom random = Seeds.random(0, kernels.get(0).key());
        Blueprint blueprint = alone(kernels);
        Map<String, Weights> weights = new LinkedHashMap<>();
        for (int k = 0; k < kernels.size(); k++) {
            Weights own = weights(kernels.get(k), random);
            if (own != null) {
                weights.put(NODE + k, own);
            }
        }
        List<Shape> shapes = kernels.get(0).in();
        if (kernels.get(0).stored() != null) {
            return whole(coded(kernels, blueprint, weights, random));
        }
        Model model = blueprint.model(weights);
        Pass pass = new Pass(model.net(), Statistics.RUNNING);
        List<INDArray> in = shapes.stream()
                .map(shape -> Nd4j.create(values(shape.size(), random), array(shape), 'c'))
                .toList();
        int[] places = IntStream.range(0, kernels.size())
                .map(k -> place(model, NODE + k))
                .toArray();
        return () -> {
            List<INDArray> at = in.stream().map(INDArray::dup).toList(); // a layer may write into its inputs
            long start = System.nanoTime();
            for (int place : places) {
                at = List.of(pass.give(place, at));
            }
            return System.nanoTime() - start;
        };
    }

    /** Deeplearning4j's graphs have nodes of their own before the first. */
    private static int place(Model model, String name) {
        var nodes = model.net().wiring().nodes();
        return IntStream.range(0, nodes.size())
                .filter(n -> nodes.get(n).name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Runnable coded(
            List<Kernel> kernels, Blueprint blueprint, Map<String, Weights> weights, SplittableRandom random) {
        List<CodedLayer> layers = new ArrayList<>();
        for (int k = 0; k < kernels.size(); k++) {
            Weights own = weights.get(NODE + k);
            if (own != null) {
                DenseMatrix matrix = new DenseMatrix(own.rows(), own.cols(), own.values());
                Code code = code(kernels.get(k).stored().code());
                layers.add(new CodedLayer(code.encode(matrix), own.bias()));
            }
        }
        CodedNetwork network = new CodedNetwork(blueprint, layers);
        float[] x = values(blueprint.inputSize(), random);
        return () -> network.predict(x, 1);
    }

    private static Code code(String name) {
        return switch (name) {
            case "CSC" -> Code.CSC;
            case "CSER" -> Code.CSER;
            case "HAM" -> Code.HAM;
            case "index map" -> Code.INDEX_MAP;
            case "sHAM" -> Code.SHAM;
            case "prototypes" -> Code.PROTOTYPES;
            default -> Code.DENSE;
        };
    }

    /** A network of kernels and a function that does nothing, since a network must end with a layer that gives vectors. */
    private static Blueprint alone(List<Kernel> kernels) {
        Map<String, Shape> inputs = new LinkedHashMap<>();
        for (int i = 0; i < kernels.get(0).in().size(); i++) {
            inputs.put("input " + i, kernels.get(0).in().get(i));
        }
        List<Blueprint.Node> nodes = new ArrayList<>();
        List<String> reads = List.copyOf(inputs.keySet());
        Kernel last = kernels.get(kernels.size() - 1);
        for (Kernel kernel : kernels) {
            String name = NODE + nodes.size();
            nodes.add(new Blueprint.Node(name, kernel.op(), reads));
            reads = List.of(name);
        }
        if (last.op().out(last.in()).image()) {
            nodes.add(new Blueprint.Node("flat", new Op.Plain(new Layers.Flatten()), reads));
            reads = List.of("flat");
        }
        nodes.add(new Blueprint.Node("output", new Op.Plain(new Layers.Activate(Layers.IDENTITY)), reads));
        return new Blueprint(inputs, nodes);
    }

    /** Random weights with as many zeros and distinct values as the kernel says; null if it has none. */
    private static Weights weights(Kernel kernel, SplittableRandom random) {
        int[] size = kernel.op().weights(kernel.in());
        if (size.length == 0) {
            return null;
        }
        float[] values = new float[size[0] * size[1]];
        Stored stored = kernel.stored();
        for (int i = 0; i < values.length; i++) {
            boolean zero = stored != null && random.nextDouble() >= stored.density();
            int distinct = stored == null ? 0 : stored.values();
            double share = distinct == 0 ? random.nextDouble() : (1.0 + random.nextInt(distinct)) / distinct;
            values[i] = zero ? 0 : (float) (0.1 + 0.1 * share); // above 0, since some are variances
        }
        float[] bias = kernel.op().biased() ? new float[size[1]] : new float[0];
        return new Weights(size[0], size[1], values, bias);
    }

    private static float[] values(int number, SplittableRandom random) {
        float[] values = new float[number];
        for (int i = 0; i < number; i++) {
            values[i] = (float) random.nextDouble();
        }
        return values;
    }

    private static long[] array(Shape shape) {
        return shape.image()
                ? new long[] {1, shape.channels(), shape.height(), shape.width()}
                : new long[] {1, shape.size()};
    }

    /** A forward pass of one sample through a network, as a row's latency is measured. */
    static Runnable pass(Model model, Shape shape) {
        float[] values = values(shape.size(), Seeds.random(0, "sample to measure with"));
        INDArray x = Nd4j.create(values, array(shape), 'c');
        return () -> model.net().output(x);
    }

    /** The same through a coded network. */
    static Runnable pass(CodedNetwork network) {
        float[] x = values(network.blueprint().inputSize(), Seeds.random(0, "sample to measure with"));
        return () -> network.predict(x, 1);
    }
}
