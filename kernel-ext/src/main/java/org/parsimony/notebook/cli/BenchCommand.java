package org.parsimony.notebook.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.parsimony.coding.DotBench;
import org.parsimony.network.fused.TrainBench;
import org.parsimony.notebook.run.StartBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench train --peer DIR}: measures speed beside peers, in turns; run it on a quiet machine. */
@Command(name = "bench", description = "Measures speed; on a quiet machine only.", mixinStandardHelpOptions = true)
final class BenchCommand {

    @Command(
            name = "train",
            description = "Training beside PyTorch, samples per second.",
            mixinStandardHelpOptions = true)
    int train(
            @Option(
                            names = "--peer",
                            paramLabel = "DIR",
                            description = "Folder that holds torch_mlp.py; without it, or without PyTorch, ours alone.")
                    Path peer) {
        TrainBench.run(peer, System.out);
        return 0;
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
                    List<String> codes)
            throws IOException {
        DotBench.run(path, codes == null ? List.of() : codes, System.out);
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
}
