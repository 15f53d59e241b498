package org.parsimony.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkConf;
import org.parsimony.base.Home;
import org.parsimony.experiment.running.Carriers;
import org.parsimony.network.machine.BlasKernel;
import org.parsimony.network.machine.Machine;

/**
 * The settings of a Spark application. Those that the system properties {@code spark.…} name come first; {@code
 * spark.executor.memory} and {@code spark.cores.max} are for the user.
 */
final class Settings {

    private static final String LOOPBACK = "127.0.0.1";

    /** What makes ND4J fast, and one thread to each recipe, as on the driver. */
    private static final String OPTIONS =
            "-XX:+UseSerialGC -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxPhysicalBytes=0";

    /** Variables that decide how products are computed, or where data lie; a worker gets the driver's. */
    private static final List<String> HANDED_ON = List.of("PARSIMONY_DATA", "PARSIMONY_ENGINE", "OPENBLAS_L2_SIZE");

    private Settings() {}

    static SparkConf of(String address, String carrier, Carriers.Kernel kernel) {
        SparkConf settings = new SparkConf()
                .setMaster(address)
                .set("spark.plugins", Mailbox.class.getName())
                .set(Mailbox.CARRIER, carrier);
        settings.setIfMissing("spark.app.name", "parsimony");
        settings.setIfMissing("spark.ui.enabled", "false");
        settings.setIfMissing("spark.executor.memory", "1g");
        environment(kernel).forEach((name, value) -> settings.setExecutorEnv(name, value));
        boolean local = !address.startsWith("spark:");
        boolean loopback = address.matches("spark://(localhost|127\\..*|\\[::1]).*");
        String home = Home.checkout().map(root -> " -Dparsimony.home=" + root).orElse("");
        settings.setIfMissing("spark.executor.extraJavaOptions", loopback ? OPTIONS + home : OPTIONS);
        if (local || loopback) {
            settings.setIfMissing("spark.driver.host", LOOPBACK);
            settings.setIfMissing("spark.driver.bindAddress", LOOPBACK);
        }
        if (!local) {
            settings.setIfMissing("spark.jars", String.join(",", jars(loopback)));
            // Spark brings older versions of Gson and others.
            settings.setIfMissing("spark.executor.userClassPathFirst", "true");
        }
        return settings;
    }

    private static Map<String, String> environment(Carriers.Kernel kernel) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("OMP_NUM_THREADS", "1");
        variables.put("OPENBLAS_NUM_THREADS", "1");
        for (String name : HANDED_ON) {
            String value = System.getenv(name);
            if (value != null && !value.isBlank()) {
                variables.put(name, value);
            }
        }
        if (kernel == Carriers.Kernel.OF_DRIVER) {
            variables.put(BlasKernel.VARIABLE, Machine.here().kernel());
        }
        return variables;
    }

    /** This program without Spark: as paths where the workers are on this machine, else to be sent to them. */
    private static Set<String> jars(boolean loopback) {
        Set<Path> all = new LinkedHashSet<>();
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .forEach(entry -> add(Path.of(entry).toAbsolutePath(), all));
        Set<String> jars = new LinkedHashSet<>();
        for (Path entry : all) {
            if (!isOfSpark(entry)) {
                jars.add(loopback ? "local:" + entry : "file:" + (Files.isDirectory(entry) ? packed(entry) : entry));
            }
        }
        return jars;
    }

    /** A jar and those that its manifest names. */
    private static void add(Path entry, Set<Path> all) {
        if (!Files.exists(entry) || !all.add(entry) || Files.isDirectory(entry)) {
            return;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            String more = jar.getManifest() == null
                    ? null
                    : jar.getManifest().getMainAttributes().getValue("Class-Path");
            if (more != null) {
                Stream.of(more.strip().split("\\s+")).forEach(name -> add(entry.resolveSibling(name), all));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + entry + ": " + e.getMessage(), e);
        }
    }

    /** What Spark has on its workers: what lies beside its own jar, or is called like it. */
    private static boolean isOfSpark(Path entry) {
        Path spark = Path.of(URI.create(SparkConf.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        return entry.getParent().equals(spark.getParent())
                || entry.getFileName()
                        .toString()
                        .matches("(spark|scala|hadoop)[-_].*\\.jar");
    }

    private static Path packed(Path folder) {
        try {
            Path jar = Files.createTempFile("parsimony-classes", ".jar");
            jar.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(jar);
                    ZipOutputStream zip = new ZipOutputStream(out);
                    Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                    Files.copy(file, zip);
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot pack " + folder + ": " + e.getMessage(), e);
        }
    }
}
