package org.parsimony.spark.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.parsimony.base.Require;

/**
 * Spark's standalone cluster on the loopback address: one master and some workers of one core each, all processes of their own,
 * started from Spark's own jars. Closing it ends them.
 */
public final class LocalCluster implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String MASTER = "org.apache.spark.deploy.master.Master";
    private static final String WORKER = "org.apache.spark.deploy.worker.Worker";
    private static final String CARRIED_OUT = "carried out ";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path home;
    private final Path folder;
    private final int port;
    private final int page;
    private final Process master;
    private final List<Process> workers = new ArrayList<>();

    private LocalCluster(Path home, Path folder, int port, int page) throws IOException {
        this.home = home;
        this.folder = folder;
        this.port = port;
        this.page = page;
        this.master = start(
                "master",
                MASTER,
                "--host",
                HOST,
                "--port",
                Integer.toString(port),
                "--webui-port",
                Integer.toString(page));
    }

    /**
     * Starts a cluster and waits until its workers are there.
     *
     * @param home whose folder {@code jars} has Spark's jars
     * @param folder for the workers' files: applications, outputs, networks on the way
     * @param workers at least 1
     */
    public static LocalCluster start(Path home, Path folder, int workers) throws IOException, InterruptedException {
        Require.that(
                Files.isDirectory(home.resolve("jars")),
                "%s has no folder jars with Spark's jars",
                home.toAbsolutePath());
        Files.createDirectories(folder);
        LocalCluster cluster = new LocalCluster(home, folder, free(), free());
        try {
            cluster.await(0);
            for (int i = 0; i < workers; i++) {
                cluster.addWorker();
            }
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** What a driver calls it: {@code spark://127.0.0.1:7077}. */
    public String address() {
        return "spark://" + HOST + ":" + port;
    }

    /** Starts one more worker and waits for it. */
    public void addWorker() throws IOException, InterruptedException {
        int number = workers.size();
        workers.add(start(
                "worker-" + number,
                WORKER,
                "--cores",
                "1",
                "--memory",
                "1200M",
                "--host",
                HOST,
                "--webui-port",
                "0",
                "--work-dir",
                work(number).toString(),
                address()));
        await((int) workers.stream().filter(Process::isAlive).count());
    }

    /** Kills a worker and what it has started, as {@code kill -9} does. */
    public void kill(int worker) throws InterruptedException {
        Process process = workers.get(worker);
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly().waitFor();
        below.forEach(ProcessHandle::destroyForcibly);
    }

    /** How often the workers have carried each run out, by its id. */
    public Map<String, Integer> carriedOut() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.endsWith("stdout")).toList()) {
                Files.readString(file)
                        .lines()
                        .filter(line -> line.startsWith(CARRIED_OUT))
                        .forEach(line -> counts.merge(line.substring(CARRIED_OUT.length()), 1, Integer::sum));
            }
        }
        return counts;
    }

    private Path work(int worker) {
        return folder.toAbsolutePath().resolve("worker-" + worker);
    }

    private Process start(String name, String main, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(java()));
        line.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        line.addAll(List.of(
                "-Xmx256m", "-XX:+UseSerialGC", "-cp", home.toAbsolutePath().resolve("jars") + "/*", main));
        line.addAll(List.of(arguments));
        File log = folder.resolve(name + ".log").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log);
        builder.environment().put("SPARK_HOME", home.toAbsolutePath().toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", HOST);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .put(
                        "PARSIMONY_NETWORKS",
                        folder.toAbsolutePath().resolve(name + "-networks").toString());
        return builder.start();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Waits until the master tells of so many workers. */
    private void await(int wanted) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            Require.that(master.isAlive(), "Spark's master has ended; see %s", folder.resolve("master.log"));
            if (page().replaceAll("\\s", "").contains("\"aliveworkers\":" + wanted)) {
                return;
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("after " + PATIENCE.toSeconds() + " s Spark's master has no " + wanted
                + " workers; see the logs in " + folder);
    }

    private String page() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://" + HOST + ":" + page + "/json/").toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            try (var in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return ""; // not up yet
        }
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no free port on " + HOST, e);
        }
    }

    @Override
    public void close() {
        List<Process> all = new ArrayList<>(workers);
        all.add(master);
        for (Process process : all) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
