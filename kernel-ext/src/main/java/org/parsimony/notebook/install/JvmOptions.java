package org.parsimony.notebook.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the kernel's JVM runs, and why. */
final class JvmOptions {

    private JvmOptions() {}

    /**
     * The options of {@code java}.
     *
     * @param feature the JDK's version, 17 or later
     * @param archive the class data archive to start from; need not exist
     */
    static List<String> of(int feature, Path archive) {
        List<String> options = new ArrayList<>();
        // Heap and, by JavaCPP's default, as much native memory again: together they leave a fifth of the machine.
        options.add("-XX:MaxRAMPercentage=40");
        // Else JavaCPP asks the operating system for this process's memory at every allocation.
        options.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
        // Takes less processor time from start to first cell than the default collector.
        options.add("-XX:+UseParallelGC");
        options.add("-Djava.awt.headless=true");
        options.add("-Dfile.encoding=UTF-8");
        options.add("-XX:SharedArchiveFile=" + archive);
        options.add("-Xshare:auto");
        // A stale archive is ignored in silence; native access is granted by the jar's manifest.
        options.add("-Xlog:disable");
        if (feature >= 23) {
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }

    /** The environment: native libraries read it when they load, so a running JVM comes too late to set it. */
    static Map<String, String> environment() {
        // ND4J's own threads and those of OpenBLAS spin for the same cores; one each is several times faster.
        return new TreeMap<>(Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1"));
    }
}
