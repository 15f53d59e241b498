package org.parsimony.timing;

import java.util.List;
import org.parsimony.base.Progress;

/** What measures; a test may put a formula in its place. */
public interface Meter {

    /** What it is measured with: where one of these differs, times are others. */
    String machine();

    /**
     * Seconds for one sample of each sequence of kernels, computed one right after the other.
     *
     * @param sequences none empty; each kernel takes what the one before it gives
     */
    double[] sequences(List<List<Kernel>> sequences, Progress progress);

    /** Seconds of each kernel by itself for one sample. */
    default double[] kernels(List<Kernel> kernels, Progress progress) {
        return sequences(kernels.stream().map(List::of).toList(), progress);
    }

    /** Seconds of each whole network for one sample. */
    double[] networks(List<TimedNet> networks, Progress progress);
}
