package org.parsimony.network;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.parsimony.data.Samples;

/**
 * The last scores of a network by the samples they were found on. One step after another asks how good the network is that
 * the step before it left, and a copy of a network is as good as the network. A score holds only for exactly the parameters
 * that it was found with, so that training in place makes it void.
 */
final class Scores {

    private final Map<Samples, Scored> last;

    /** A score, and the SHA-256 of the parameters that it was found with. */
    private record Scored(byte[] parameters, Score score) {}

    Scores() {
        this(Map.of());
    }

    private Scores(Map<Samples, Scored> others) {
        last = new WeakHashMap<>(others); // samples that nobody has any more need no score; their equality is identity
    }

    /** Those of a network with the same parameters, for now. */
    synchronized Scores copy() {
        return new Scores(last);
    }

    /** The score of {@code parameters} on {@code samples}; {@code evaluation} is asked only if it is not known. */
    Score of(Samples samples, INDArray parameters, Supplier<Score> evaluation) {
        byte[] sum = sum(parameters);
        synchronized (this) {
            Scored known = last.get(samples);
            if (known != null && MessageDigest.isEqual(known.parameters, sum)) {
                return known.score;
            }
        }
        Score score = evaluation.get();
        synchronized (this) {
            last.put(samples, new Scored(sum, score));
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
