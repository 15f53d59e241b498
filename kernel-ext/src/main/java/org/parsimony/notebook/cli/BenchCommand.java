package org.parsimony.notebook.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.parsimony.notebook.bench.AnnealBench;
import org.parsimony.notebook.bench.DotBench;
import org.parsimony.notebook.bench.LatencyBench;
import org.parsimony.notebook.bench.OnnxProcess;
import org.parsimony.notebook.bench.Surroundings;
import org.parsimony.notebook.bench.TrainBench;
import org.parsimony.notebook.run.MemoryBench;
import org.parsimony.notebook.run.StartBench;
import org.parsimony.timing.LatencyTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench train --peer DIR}: measures speed beside peers, in turns; run it on a quiet machine. */
@Command(name = "bench", description = "Measures speed; on a quiet machine only.", mixinStandardHelpOptions = true)
final class BenchCommand {

    @Spec
    private CommandSpec spec;

    /** What the comparisons with a peer have in common. */
    static final class Comparison {

        @Option(
                names = "--pairs",
                paramLabel = "N",
                defaultValue = "7",
                description = "Rounds in which both sides take their turns, at least 5; ${DEFAULT-VALUE} by default.")
        private int pairs;

        @Option(
                names = "--python",
                paramLabel = "FILE",
                description = "Python with the peer's packages; Debian's own where there is one.")
        private String python = Surroundings.python();

        @Option(
                names = "--unset",
                description = "Runs without OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE, which slow both sides.")
        private boolean unset;

        /** Runs the bench here or, where that must be, in a process without what slows it. */
        int run(CommandSpec spec, Callable<Integer> bench) throws Exception {
            return unset && Surroundings.slowed() ? Relaunch.of(spec, Surroundings.withoutWhatSlows()) : bench.call();
        }
    }

    @Command(
            name = "train",
            description = "Training beside PyTorch, samples per second.",
            mixinStandardHelpOptions = true)
    int train(
            @Option(
                            names = "--peer",
                            paramLabel = "DIR",
                            description = "Folder that holds torch_mlp.py, which is run as by hand beside the turns.")
                    Path peer,
            @Mixin Comparison comparison)
            throws Exception {
        return comparison.run(spec, () -> {
            TrainBench.run(peer, comparison.python, comparison.pairs, System.out);
            return 0;
        });
    }

    @Command(name = "anneal", description = "Mask proposals beside PyTorch.", mixinStandardHelpOptions = true)
    int anneal(
            @Option(
                            names = "--peer",
                            paramLabel = "DIR",
                            description = "Folder that holds torch_anneal.py; without it, ours alone.")
                    Path peer,
            @Mixin Comparison comparison)
            throws Exception {
        return comparison.run(spec, () -> {
            AnnealBench.run(peer, comparison.python, comparison.pairs, System.out);
            return 0;
        });
    }

    @Command(
            name = "dot",
            description = "Products of coded matrices with vectors beside SciPy.",
            mixinStandardHelpOptions = true)
    int dot(
            @Parameters(paramLabel = "FOLDER", description = "Of .npy or .npy.gz matrices, or one matrix.") Path path,
            @Option(
                            names = "--code",
                            paramLabel = "NAME",
                            description = "Times this code beside CSC instead of all; repeatable.")
                    List<String> codes,
            @Mixin Comparison comparison)
            throws Exception {
        return comparison.run(spec, () -> {
            List<String> names = codes == null ? List.of() : codes;
            DotBench.run(path, names, comparison.python, comparison.pairs, System.out);
            return 0;
        });
    }

    @Command(
            name = "onnx",
            description =
                    "A network's compressed .onnx beside the dense one in ONNX Runtime: bytes, load time, latency.",
            mixinStandardHelpOptions = true)
    int onnx(
            @Parameters(paramLabel = "FILE", description = "A network.") Path network,
            @Option(
                            names = "--runtime",
                            paramLabel = "JAR",
                            description = "ONNX Runtime's jar; the newest of the local Maven repository by default.")
                    Path runtime,
            @Option(
                            names = "--pairs",
                            paramLabel = "N",
                            defaultValue = "21",
                            description = "Rounds, at least 5; ${DEFAULT-VALUE} by default.")
                    int pairs)
            throws IOException, InterruptedException {
        return OnnxProcess.start(network, runtime, pairs);
    }

    @Command(
            name = "latency",
            description = {
                "Predicted latency of networks drawn at random beside measured latency; both again on the same networks,",
                "which tells whether the machine is quiet enough to judge by."
            },
            mixinStandardHelpOptions = true)
    int latency(
            @Option(
                            names = "--networks",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "How many in all, at least 15; ${DEFAULT-VALUE} by default.")
                    int networks,
            @Option(names = "--anew", description = "Forgets the table of this machine first.") boolean anew,
            @Option(names = "--plot", paramLabel = "FILE", description = "Figure: .svg, .png, .pdf or .eps.") Path plot)
            throws IOException {
        LatencyTable table = LatencyTable.here();
        if (anew) {
            table.forget();
        }
        LatencyBench.run(table, networks, plot, System.out);
        return 0;
    }

    @Command(
            name = "start",
            description = "Seconds that this kernel takes to start, beside others.",
            mixinStandardHelpOptions = true)
    int start(
            @Parameters(
                            arity = "0..*",
                            paramLabel = "KERNEL",
                            description = "Of jupyter kernelspec list, with ND4J on its class path: java for IJava.")
                    List<String> others)
            throws IOException, InterruptedException {
        List<String> kernels = new ArrayList<>(List.of("parsimony"));
        kernels.addAll(others == null ? List.of() : others);
        return StartBench.run(kernels) ? 0 : 1;
    }

    @Command(
            name = "memory",
            description = "Runs a notebook in a loop and draws what its kernel holds after each round.",
            mixinStandardHelpOptions = true)
    int memory(
            @Parameters(paramLabel = "FILE", description = "A notebook, which is run at tier smoke.") Path notebook,
            @Option(
                            names = "--minutes",
                            paramLabel = "N",
                            defaultValue = "60",
                            description = "How long; ${DEFAULT-VALUE} by default.")
                    double minutes,
            @Option(
                            names = "--anew",
                            description = "Carries the notebook's runs out in each round, past the run store.")
                    boolean anew,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            defaultValue = "out/memory",
                            description = "Where memory.csv and memory.png are written; ${DEFAULT-VALUE} by default.")
                    Path out)
            throws IOException, InterruptedException {
        Duration time = Duration.ofSeconds(Math.round(60 * minutes));
        return MemoryBench.run(notebook, time, anew, out, System.out) ? 0 : 1;
    }
}
