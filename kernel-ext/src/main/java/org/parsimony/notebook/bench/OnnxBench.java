package org.parsimony.notebook.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.parsimony.export.Exports;
import org.parsimony.export.Exports.Form;
import org.parsimony.network.Architecture.Shape;
import org.parsimony.network.Model;
import org.parsimony.network.graph.Blueprint;

/**
 * What the compressed {@code .onnx} of a network costs in ONNX Runtime beside the dense one: bytes, time to load, time for
 * one sample on one thread, measured in turns. {@link OnnxProcess} starts it.
 */
final class OnnxBench {

    private static final int SAMPLES_A_TURN = 300;
    private static final int WARM_UP = 2_000;

    private OnnxBench() {}

    /** The network's file and the rounds. */
    public static void main(String[] arguments) throws IOException {
        run(Model.read(Path.of(arguments[0])), Integer.parseInt(arguments[1]), System.out);
    }

    /**
     * Writes the network in both forms and prints a row for each, and the ratios.
     *
     * @throws IllegalStateException if the two say something else of a sample
     */
    static void run(Model model, int rounds, PrintStream out) throws IOException {
        Surroundings.head(System.getenv()).forEach(out::println);
        out.println(
                "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion() + ", one thread, " + rounds + " rounds");
        Path folder = Files.createTempDirectory("onnx");
        List<Contender> contenders = new ArrayList<>();
        try {
            for (Form form : Form.values()) {
                Path file = folder.resolve(form.name() + ".onnx");
                Exports.write(model, file, new Exports.Options().form(form));
                contenders.add(new Contender(
                        Files.readAllBytes(file), Blueprint.of(model).inputs()));
                Files.delete(file);
            }
            agree(contenders.get(0).output(), contenders.get(1).output());
            List<DoubleSupplier> turns = new ArrayList<>();
            contenders.forEach(each -> turns.add(each::load));
            contenders.forEach(each -> turns.add(each::latency));
            double[][] times = Rounds.of(rounds, turns);
            for (int form = 0; form < 2; form++) {
                out.printf(
                        "%-10s  %,9d bytes   load %s ms   one sample %s µs%n",
                        Form.values()[form].name().toLowerCase(Locale.ROOT),
                        contenders.get(form).file.length,
                        Spread.of(times[form]),
                        Spread.of(times[2 + form]));
            }
            out.printf(
                    "ratio       %.1f times smaller   load %s   one sample %s%n",
                    (double) contenders.get(0).file.length / contenders.get(1).file.length,
                    Spread.ofRatios(times[1], times[0]),
                    Spread.ofRatios(times[3], times[2]));
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
        } finally {
            contenders.forEach(Contender::close);
            Files.delete(folder);
        }
    }

    private static void agree(float[] dense, float[] compressed) {
        for (int i = 0; i < dense.length; i++) {
            if (!(Math.abs(dense[i] - compressed[i]) < 1e-5)) {
                throw new IllegalStateException("the compressed network says " + compressed[i]
                        + " where the dense one says " + dense[i] + ", output " + i);
            }
        }
    }

    /** One of the two files, loaded, with a sample. */
    private static final class Contender {

        private final byte[] file;
        private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
        private final OrtSession session;
        private final Map<String, OnnxTensor> sample = new HashMap<>();

        Contender(byte[] file, Map<String, Shape> inputs) throws OrtException {
            this.file = file;
            session = session();
            for (Map.Entry<String, Shape> input : inputs.entrySet()) {
                int[] shape = input.getValue().toArray();
                long[] sides = new long[shape.length + 1];
                sides[0] = 1;
                for (int d = 0; d < shape.length; d++) {
                    sides[d + 1] = shape[d];
                }
                float[] x = new float[input.getValue().size()];
                Arrays.fill(x, 0.5f);
                sample.put(input.getKey(), OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), sides));
            }
            for (int i = 0; i < WARM_UP; i++) {
                output();
            }
        }

        private OrtSession session() throws OrtException {
            OrtSession.SessionOptions options = new OrtSession.SessionOptions();
            options.setIntraOpNumThreads(1);
            return environment.createSession(file, options);
        }

        /** Milliseconds. */
        double load() {
            long start = System.nanoTime();
            try (OrtSession again = session()) {
                return again.getNumInputs() > 0 ? (System.nanoTime() - start) * 1e-6 : 0;
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
            }
        }

        /** Microseconds. */
        double latency() {
            try {
                long start = System.nanoTime();
                for (int i = 0; i < SAMPLES_A_TURN; i++) {
                    session.run(sample).close();
                }
                return (System.nanoTime() - start) * 1e-3 / SAMPLES_A_TURN;
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
            }
        }

        float[] output() throws OrtException {
            try (OrtSession.Result result = session.run(sample)) {
                FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] y = new float[values.remaining()];
                values.get(y);
                return y;
            }
        }

        void close() {
            sample.values().forEach(OnnxTensor::close);
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
            }
        }
    }
}
