package org.parsimony.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.parsimony.base.Progress;
import org.parsimony.network.graph.Op;

/** Every kind of kernel can be measured; how long it takes is the machine's business. */
class MachineMeter_MeasuresTest {

    @Test
    void everyKindOfKernelAlonePairedAndCoded() {
        Kernel conv = Kernel.of("conv 2 3x3 same relu", 2, 5, 5);
        Kernel add =
                new Kernel(Op.parse("add"), List.of(conv.in().get(0), conv.in().get(0)), null);
        Kernel wide = Kernel.of("conv 2 1x1", 2, 5, 5);
        List<List<Kernel>> sequences = List.of(
                List.of(conv),
                List.of(conv, wide),
                List.of(add),
                List.of(Kernel.of("depthwise 1 3x3 same", 2, 5, 5)),
                List.of(Kernel.of("batchnorm 0.001 0.9", 2, 5, 5)),
                List.of(Kernel.of("dense 3 softmax", 4)),
                List.of(new Kernel(conv.op(), conv.in(), new Stored("HAM", 0.5, 4))),
                List.of(new Kernel(Op.parse("max 2x2 by 2x2"), conv.in(), Stored.PLAIN)));
        double[] seconds = new MachineMeter().sequences(sequences, Progress.NONE);
        assertEquals(sequences.size(), seconds.length);
        Arrays.stream(seconds).forEach(s -> assertTrue(s > 0 && s < 60, s + " s"));
    }

    @Test
    void drawnNetworksHaveEveryKindAndAreTheSameAgain() {
        Set<String> kinds = IntStream.range(0, 12)
                .boxed()
                .flatMap(i -> TimedNet.of(Container.GRAPH, "overhead", i).kernels().list().stream())
                .map(kernel -> kernel.kind().split(" ")[0])
                .collect(Collectors.toSet());
        assertTrue(
                kinds.containsAll(Set.of("conv", "dense", "batchnorm", "max", "avg", "depthwise", "add")), "" + kinds);
        assertEquals(
                TimedNet.of(Container.CODED, "held out", 3).kernels(),
                TimedNet.of(Container.CODED, "held out", 3).kernels());
    }
}
