package org.parsimony.transfer;

import org.parsimony.base.Require;

/**
 * Probabilistic knowledge transfer: each sample i of a batch makes a distribution over the batch, how likely j is a
 * neighbour of i,
 *
 * <pre>p(j|i) = k(x_i, x_j) / Σ_m k(x_i, x_m)</pre>
 *
 * and the student's distributions q shall be the teacher's p: L = 1/N² Σ_i Σ_j D(p(j|i), q(j|i)) (Passalis and Tefas 2018,
 * section 3, in the form of the authors' code). Widths of teacher and student are free. Computed in 64 bits: rows of p are
 * nearly uniform, and the signal is in the third digit.
 *
 * <p>A batch of one has loss 0 and no gradient. A zero vector is equally similar to all, itself among them, by cosine, and
 * passes no gradient there; equal vectors are no special case. Complexity O(N² · width).
 *
 * @param similarity of two samples
 * @param divergence of two distributions
 * @param diagonal whether a sample is its own neighbour
 */
public record SimilarityLoss(Similarity similarity, Divergence divergence, Diagonal diagonal) {

    /** Whether a sample is its own neighbour. */
    public enum Diagonal {
        /** In the normaliser and in the sum, as in the authors' code. */
        INCLUDED,
        /** In neither, as in the paper's formula. */
        LEFT_OUT
    }

    public SimilarityLoss {
        Require.oneOf("similarity", similarity, Similarity.values());
        Require.oneOf("divergence", divergence, Divergence.values());
        Require.oneOf("diagonal", diagonal, Diagonal.values());
    }

    /** The paper's: cosine, Kullback–Leibler, the diagonal as in the code. */
    public SimilarityLoss() {
        this(Similarity.COSINE, Divergence.KULLBACK_LEIBLER, Diagonal.INCLUDED);
    }

    /**
     * Loss and gradient.
     *
     * @param value L, the mean over N² pairs
     * @param gradient of L with respect to the student's features, {@code [samples × width]}
     */
    public record Value(double value, double[] gradient) {}

    /** The distributions of a batch: {@code [samples × samples]}, rows sum to 1 (a single sample without itself: 0). */
    public double[] probabilities(Features features) {
        int n = features.samples();
        double[] k = new Pairs(features).similarities();
        normalise(k, n);
        return k;
    }

    /** The supervised target: all samples of i's class are equally likely neighbours of i, no others. */
    public double[] probabilities(int[] labels) {
        int n = labels.length;
        double[] k = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                k[i * n + j] = labels[i] == labels[j] && counts(i, j) ? 1 : 0;
            }
        }
        normalise(k, n);
        return k;
    }

    private boolean counts(int i, int j) {
        return i != j || diagonal == Diagonal.INCLUDED;
    }

    /** Divides rows by their sums, which are returned; a row of zeros stays. */
    private static double[] normalise(double[] k, int n) {
        double[] sums = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                sums[i] += k[i * n + j];
            }
            for (int j = 0; j < n && sums[i] > 0; j++) {
                k[i * n + j] /= sums[i];
            }
        }
        return sums;
    }

    /**
     * Loss and gradient of the student's features against target distributions.
     *
     * @param target {@link #probabilities} of the same samples
     */
    public Value of(Features student, double[] target) {
        int n = student.samples();
        Require.that(
                target.length == n * n,
                "the target has %d probabilities, but %d samples have %d",
                target.length,
                n,
                n * n);
        Pairs pairs = new Pairs(student);
        double[] q = pairs.similarities();
        double[] sums = normalise(q, n);
        double scale = 1.0 / ((double) n * n);
        double loss = 0;
        double[] h = new double[n * n];
        for (int i = 0; i < n; i++) {
            double along = 0;
            for (int j = 0; j < n; j++) {
                int at = i * n + j;
                if (counts(i, j)) {
                    loss += divergence.value(target[at], q[at], similarity.epsilon);
                    h[at] = divergence.derivative(target[at], q[at], similarity.epsilon) * scale;
                    along += h[at] * q[at];
                }
            }
            for (int j = 0; j < n; j++) {
                h[i * n + j] = counts(i, j) && sums[i] > 0 ? (h[i * n + j] - along) / sums[i] : 0;
            }
        }
        return new Value(loss * scale, pairs.gradient(h));
    }

    /** Similarities of a batch, and their way back to the features. */
    private final class Pairs {

        private final Features x;
        private final int n;
        private final int width;
        /** Vectors of length 1, for the cosine. */
        private final double[] unit;

        private final double[] norms;
        /** Similarities, or distances where they come from distances; the diagonal included. */
        private final double[] pairs;

        private double sigma;

        Pairs(Features x) {
            this.x = x;
            n = x.samples();
            width = x.width();
            norms = new double[n];
            unit = new double[n * width];
            pairs = new double[n * n];
            for (int i = 0; i < n; i++) {
                double squares = 0;
                for (int d = 0; d < width; d++) {
                    squares += (double) x.values()[i * width + d] * x.values()[i * width + d];
                }
                norms[i] = Math.sqrt(squares);
                for (int d = 0; d < width; d++) {
                    unit[i * width + d] = x.values()[i * width + d] / (norms[i] + similarity.epsilon);
                }
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    double pair = similarity == Similarity.COSINE ? (cosine(i, j) + 1) / 2 : distance(i, j);
                    pairs[i * n + j] = pair;
                    pairs[j * n + i] = pair;
                }
            }
            for (double pair : pairs) {
                sigma += pair / pairs.length;
            }
        }

        private double cosine(int i, int j) {
            double sum = 0;
            for (int d = 0; d < width; d++) {
                sum += unit[i * width + d] * unit[j * width + d];
            }
            return sum;
        }

        private double distance(int i, int j) {
            double squares = similarity.epsilon;
            for (int d = 0; d < width; d++) {
                double difference = (double) x.values()[i * width + d] - x.values()[j * width + d];
                squares += difference * difference;
            }
            return Math.sqrt(squares);
        }

        double[] similarities() {
            double[] k = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    k[i * n + j] = counts(i, j) ? kernel(pairs[i * n + j]) : 0;
                }
            }
            return k;
        }

        private double kernel(double pair) {
            return switch (similarity) {
                case COSINE -> pair;
                case STUDENT_T -> 1 / (1 + pair);
                case GAUSSIAN -> Math.exp(-pair / sigma);
            };
        }

        /** From derivatives with respect to similarities to those with respect to features. */
        double[] gradient(double[] h) {
            return similarity == Similarity.COSINE ? throughCosine(h) : throughDistance(h);
        }

        private double[] throughCosine(double[] h) {
            double[] g = new double[n * width];
            for (int i = 0; i < n; i++) {
                if (norms[i] == 0) {
                    continue;
                }
                double[] du = new double[width];
                for (int j = 0; j < n; j++) {
                    double both = (h[i * n + j] + h[j * n + i]) / 2;
                    for (int d = 0; d < width; d++) {
                        du[d] += both * unit[j * width + d];
                    }
                }
                double length = norms[i] + similarity.epsilon;
                double along = 0;
                for (int d = 0; d < width; d++) {
                    along += x.values()[i * width + d] * du[d];
                }
                for (int d = 0; d < width; d++) {
                    g[i * width + d] =
                            du[d] / length - x.values()[i * width + d] * along / (norms[i] * length * length);
                }
            }
            return g;
        }

        private double[] throughDistance(double[] h) {
            double[] e = new double[n * n];
            double toSigma = 0;
            for (int at = 0; at < e.length; at++) {
                double d = pairs[at];
                if (similarity == Similarity.STUDENT_T) {
                    e[at] = -h[at] / ((1 + d) * (1 + d));
                } else {
                    double k = Math.exp(-d / sigma);
                    e[at] = -h[at] * k / sigma;
                    toSigma += h[at] * k * d / (sigma * sigma);
                }
            }
            double share = toSigma / e.length;
            double[] g = new double[n * width];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double weight = (e[i * n + j] + e[j * n + i] + 2 * share) / pairs[i * n + j];
                    for (int d = 0; d < width; d++) {
                        g[i * width + d] += weight * ((double) x.values()[i * width + d] - x.values()[j * width + d]);
                    }
                }
            }
            return g;
        }
    }
}
