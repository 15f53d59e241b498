package org.parsimony.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.parsimony.base.Progress;

/** Times by a formula, and what it was asked for. */
final class FormulaMeter implements Meter {

    final List<Kernel> asked = new ArrayList<>();
    private final String machine;
    private final ToDoubleFunction<Kernel> seconds;

    FormulaMeter(String machine, ToDoubleFunction<Kernel> seconds) {
        this.machine = machine;
        this.seconds = seconds;
    }

    @Override
    public String machine() {
        return machine;
    }

    @Override
    public double[] sequences(List<List<Kernel>> sequences, Progress progress) {
        sequences.forEach(asked::addAll);
        return sequences.stream()
                .mapToDouble(each -> each.stream().mapToDouble(seconds).sum())
                .toArray();
    }

    /** 20 µs a call, 3 µs a kernel, and 1.1 times what the kernels take. */
    @Override
    public double[] networks(List<TimedNet> networks, Progress progress) {
        return networks.stream()
                .mapToDouble(net -> 20e-6
                        + 3e-6 * net.kernels().list().size()
                        + 1.1
                                * net.kernels().list().stream()
                                        .mapToDouble(seconds)
                                        .sum())
                .toArray();
    }
}
