package org.parsimony.timing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parsimony.base.Home;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Rows;
import org.parsimony.coding.CodedNetwork;
import org.parsimony.network.Model;
import tech.tablesaw.api.Table;

/**
 * Measured latencies of layers on this machine, for one sample on one thread, and what they predict of whole networks: the sum of
 * the kernels and an {@linkplain Overhead overhead} that is fitted to a few whole networks, once for each {@link Container}.
 *
 * <p>What is missing is measured when it is asked for, in about 0.1 s a kernel, and kept in a file by processor, JDK and BLAS: the
 * same network has the same prediction from then on. Where other programs use the processor meanwhile, times are too long; {@link #forget}
 * them then. A table may be used by several threads; they wait for each other.
 */
public final class LatencyTable {

    /** Whole networks that the overhead of a container is fitted to. */
    private static final int FITTED = 10;

    private static final String SERIES = "overhead";

    private final Meter meter;
    private final TableFile file;
    private final TableFile.Content content;

    /** The table of this machine, beside the run store. */
    public static LatencyTable here() {
        return new LatencyTable(new MachineMeter(), Home.runs().resolveSibling("latency"));
    }

    /**
     * A table that is filled by {@code meter}.
     *
     * @param folder of its file
     * @throws IllegalArgumentException if the file is damaged
     */
    public LatencyTable(Meter meter, Path folder) {
        this.meter = meter;
        file = new TableFile(folder, meter.machine());
        content = file.read();
    }

    /** Where it is kept. */
    public Path file() {
        return file.file();
    }

    /** What it is measured with. */
    public Meter meter() {
        return meter;
    }

    /** Forgets everything, so that it is measured anew: what was measured on a busy machine stays else. */
    public synchronized void forget() {
        content.kernels().clear();
        content.overheads().clear();
        file.delete();
    }

    /** Kernels that were measured. */
    public synchronized int size() {
        return content.kernels().size();
    }

    /** Measures what predictions of these kernels need and the table lacks; nothing for {@link Detail#KNOWN}. */
    public synchronized void learn(Collection<Kernel> kernels, Detail detail, Progress progress) {
        Set<Kernel> missing = new LinkedHashSet<>();
        for (Kernel kernel : kernels) {
            if (detail == Detail.EXACT) {
                missing.add(kernel);
            } else if (detail == Detail.GRID) {
                missing.addAll(Grid.around(kernel).keySet());
            }
        }
        missing.removeIf(kernel -> content.kernels().containsKey(kernel.key()));
        if (missing.isEmpty()) {
            return;
        }
        List<Kernel> list = new ArrayList<>(missing);
        double[] seconds = meter.kernels(list, progress);
        for (int k = 0; k < seconds.length; k++) {
            Kernel kernel = list.get(k);
            content.kernels().put(kernel.key(), new TableFile.Entry(kernel.kind(), kernel.work(), seconds[k]));
        }
        file.add(content);
    }

    /** Seconds of a kernel by itself. */
    public synchronized double seconds(Kernel kernel, Detail detail) {
        learn(List.of(kernel), detail, Progress.NONE);
        TableFile.Entry own = content.kernels().get(kernel.key());
        if (detail != Detail.GRID && own != null) {
            return own.seconds();
        }
        double seconds = 0;
        for (Map.Entry<Kernel, Double> corner : Grid.around(kernel).entrySet()) {
            TableFile.Entry entry = content.kernels().get(corner.getKey().key());
            if (entry == null) {
                return byWork(kernel);
            }
            seconds += corner.getValue() * entry.seconds();
        }
        return seconds;
    }

    /** By what is known of its kind, or else of any that runs in the same way. */
    private double byWork(Kernel kernel) {
        List<Known.Point> alike = new ArrayList<>();
        List<Known.Point> others = new ArrayList<>();
        content.kernels().forEach((key, entry) -> {
            Known.Point point = new Known.Point(entry.work(), entry.seconds());
            if (entry.kind().equals(kernel.kind())) {
                alike.add(point);
            } else if (key.contains(" : ") == (kernel.stored() != null)) {
                others.add(point);
            }
        });
        List<Known.Point> points = alike.isEmpty() ? others : alike;
        Require.that(
                !points.isEmpty(),
                "nothing was measured on this machine that \"%s\" could be predicted from; allow measurements (detail = grid)",
                kernel.key());
        return Known.of(points).at(kernel.work());
    }

    /** What networks in {@code container} take beyond their kernels; {@link Overhead#NONE} where it may not be measured. */
    public synchronized Overhead overhead(Container container, Detail detail, Progress progress) {
        Overhead known = content.overheads().get(container.name());
        if (known != null || detail == Detail.KNOWN) {
            return known == null ? Overhead.NONE : known;
        }
        List<TimedNet> networks = new ArrayList<>();
        Set<Kernel> kernels = new LinkedHashSet<>();
        for (int i = 0; i < FITTED; i++) {
            networks.add(TimedNet.of(container, SERIES, i));
            kernels.addAll(networks.get(i).kernels().list());
        }
        learn(kernels, Detail.EXACT, progress.part(0, 0.7));
        double[] whole = meter.networks(networks, progress.part(0.7, 1));
        List<Overhead.Measured> measured = new ArrayList<>();
        for (int i = 0; i < FITTED; i++) {
            List<Kernel> own = networks.get(i).kernels().list();
            double sum = own.stream()
                    .mapToDouble(kernel -> seconds(kernel, Detail.EXACT))
                    .sum();
            measured.add(new Overhead.Measured(own.size(), sum, whole[i]));
        }
        content.overheads().put(container.name(), Overhead.fitted(measured));
        file.add(content);
        return content.overheads().get(container.name());
    }

    /** The latency of a network of these kernels, layer by layer. */
    public synchronized Prediction predict(Kernels kernels, Detail detail, Progress progress) {
        Overhead overhead = overhead(kernels.container(), detail, progress.part(0, 0.5));
        learn(kernels.list(), detail, progress.part(0.5, 1));
        Map<String, Double> alone = new LinkedHashMap<>();
        kernels.named().forEach((name, kernel) -> alone.put(name, seconds(kernel, detail)));
        return new Prediction(overhead, alone);
    }

    /** One row for each kernel: what it is, its multiply-accumulates, its microseconds, nanoseconds a multiply-accumulate. */
    public synchronized Table table(List<Kernel> kernels) {
        learn(kernels, Detail.EXACT, Progress.NONE);
        return Rows.of(kernels)
                .texts("kernel", Kernel::key)
                .doubles("MACs", Kernel::macs)
                .doubles("µs", kernel -> 1e6 * seconds(kernel, Detail.EXACT))
                .doubles(
                        "ns a MAC",
                        kernel -> kernel.macs() == 0 ? Double.NaN : 1e9 * seconds(kernel, Detail.EXACT) / kernel.macs())
                .table("latency of kernels");
    }

    /**
     * The latency of a network as Deeplearning4j runs it; masks do not matter to it.
     *
     * @param shape of a sample: {@code {inputs}} or {@code {channels, height, width}}
     * @throws IllegalArgumentException if it has a layer for which there are no words, by name
     */
    public Prediction predict(Model model, Detail detail, int... shape) {
        return predict(Kernels.of(model, shape), detail, Progress.NONE);
    }

    /** The latency of a coded network on its code. */
    public Prediction predict(CodedNetwork network, Detail detail) {
        return predict(Kernels.of(network), detail, Progress.NONE);
    }
}
