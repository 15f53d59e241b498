package org.parsimony.network;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Samples;

/**
 * The last scores of a network and its copies by the samples they were found on. One step after another asks how good the
 * network is that the step before it left, and a copy of a network is as good as the network. A score holds only for exactly
 * the parameters that it was found with, so that training in place makes it void. Safe for use by several threads.
 */
final class Scores {

    /** Of the same samples: a step compares few networks, and who explores one comes back to it. */
    private static final int MOST = 8;

    /** By samples, which nobody needs a score of any more once nobody has them; then by {@link #sum}, the oldest first. */
    private final Map<Samples, Map<ByteBuffer, Score>> last = new WeakHashMap<>();

    /** The score of {@code parameters} on {@code samples}; {@code evaluation} is asked only if it is not known. */
    Score of(Samples samples, INDArray parameters, Supplier<Score> evaluation) {
        ByteBuffer sum = ByteBuffer.wrap(sum(parameters));
        synchronized (this) {
            Map<ByteBuffer, Score> known = last.computeIfAbsent(samples, key -> new LinkedHashMap<>());
            Score score = known.remove(sum);
            if (score != null) {
                known.put(sum, score);
                return score;
            }
        }
        Score score = evaluation.get();
        synchronized (this) {
            Map<ByteBuffer, Score> known = last.computeIfAbsent(samples, key -> new LinkedHashMap<>());
            known.put(sum, score);
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return score;
    }

    private static byte[] sum(INDArray parameters) {
        float[] values =
                parameters == null ? new float[0] : parameters.dup().data().asFloat();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes.array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
