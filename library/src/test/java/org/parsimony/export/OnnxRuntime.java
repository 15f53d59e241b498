package org.parsimony.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.parsimony.data.Samples;
import org.parsimony.network.Architecture.Shape;

/** What ONNX Runtime computes with a file, for samples whose inputs stand side by side. */
final class OnnxRuntime {

    private OnnxRuntime() {}

    static float[] outputs(byte[] file, Map<String, Shape> inputs, Samples samples) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        int n = samples.size();
        float[] x = samples.range(0, n).features();
        int all = x.length / n;
        Map<String, OnnxTensor> given = new HashMap<>();
        int from = 0;
        try (OrtSession session = environment.createSession(file, new OrtSession.SessionOptions())) {
            for (Map.Entry<String, Shape> input : inputs.entrySet()) {
                int size = input.getValue().size();
                float[] part = new float[n * size];
                for (int s = 0; s < n; s++) {
                    System.arraycopy(x, s * all + from, part, s * size, size);
                }
                int[] shape = input.getValue().toArray();
                long[] sides = new long[shape.length + 1];
                sides[0] = n;
                for (int d = 0; d < shape.length; d++) {
                    sides[d + 1] = shape[d];
                }
                given.put(input.getKey(), OnnxTensor.createTensor(environment, FloatBuffer.wrap(part), sides));
                from += size;
            }
            try (OrtSession.Result result = session.run(given)) {
                FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] y = new float[values.remaining()];
                values.get(y);
                return y;
            }
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }
}
