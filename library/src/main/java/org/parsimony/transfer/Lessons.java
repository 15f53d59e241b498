package org.parsimony.transfer;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The lessons that {@link Teaching} names. */
final class Lessons {

    private Lessons() {}

    /** Probabilistic knowledge transfer. */
    static final class Similarities extends Lesson {

        private final Features teacher;
        private final List<SimilarityLoss> losses;
        private final int[] labels;
        private final double labelWeight;

        /**
         * @param losses that are added
         * @param labels of the training samples, looked at if {@code labelWeight} is not 0
         */
        Similarities(int layer, Features teacher, List<SimilarityLoss> losses, int[] labels, double labelWeight) {
            super(layer);
            this.teacher = teacher;
            this.losses = losses;
            this.labels = labels;
            this.labelWeight = labelWeight;
        }

        /**
         * N times the loss of the authors' code, that is the mean over samples instead of pairs: with the smaller one the
         * derivatives are of the size of Adam's ε. Adam itself is indifferent to the factor.
         */
        @Override
        double derive(Features student, int[] rows, double[] gradient) {
            int n = rows.length;
            Features batch = teacher.rows(rows);
            double total = 0;
            for (SimilarityLoss loss : losses) {
                total += add(loss.of(student, loss.probabilities(batch)), n, 1, gradient);
                if (labelWeight != 0) {
                    int[] classes = Arrays.stream(rows).map(row -> labels[row]).toArray();
                    total += add(loss.of(student, loss.probabilities(classes)), n, labelWeight, gradient);
                }
            }
            return total;
        }

        private static double add(SimilarityLoss.Value value, int n, double weight, double[] gradient) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += weight * n * n * value.gradient()[i];
            }
            return weight * n * value.value();
        }
    }

    /** Cross-entropy with the teacher's soft-max, both at a temperature T, without a factor T². */
    static final class Distillation extends Lesson {

        private final Features logits;
        private final double temperature;

        /** @param logits of the teacher, up to a constant for each sample */
        Distillation(int outputLayer, Features logits, double temperature) {
            super(outputLayer);
            this.logits = logits;
            this.temperature = temperature;
        }

        @Override
        double derive(Features student, int[] rows, double[] gradient) {
            int classes = student.width();
            double loss = 0;
            double[] p = new double[classes];
            double[] q = new double[classes];
            for (int i = 0; i < rows.length; i++) {
                softmax(logits.values(), rows[i] * classes, p);
                softmax(student.values(), i * classes, q);
                for (int c = 0; c < classes; c++) {
                    loss -= p[c] * Math.log(Math.max(q[c], Double.MIN_NORMAL));
                    gradient[i * classes + c] = (q[c] - p[c]) / temperature;
                }
            }
            return loss / rows.length;
        }

        private void softmax(float[] z, int from, double[] p) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < p.length; c++) {
                largest = Math.max(largest, z[from + c]);
            }
            double sum = 0;
            for (int c = 0; c < p.length; c++) {
                p[c] = Math.exp((z[from + c] - largest) / temperature);
                sum += p[c];
            }
            for (int c = 0; c < p.length; c++) {
                p[c] /= sum;
            }
        }
    }

    /** Squared distance, summed over features, averaged over samples, between one side's features and a map of the other's. */
    static final class Hint extends Lesson {

        private static final double BETA1 = 0.9;
        private static final double BETA2 = 0.999;
        private static final double EPSILON = 1e-8;

        private final Features teacher;
        private final boolean trained;
        private final double rate;
        private final SplittableRandom random;
        /** {@code [to × from]}: from student to teacher if trained, else from teacher to student; drawn at the first step. */
        private double[] map;

        private double[] mean;
        private double[] square;
        private int step;

        /**
         * @param trained whether the map leads from the student to the teacher and is trained, by Adam at {@code rate}
         * @param random draws the map within ±1/√inputs
         */
        Hint(int layer, Features teacher, boolean trained, double rate, SplittableRandom random) {
            super(layer);
            this.teacher = teacher;
            this.trained = trained;
            this.rate = rate;
            this.random = random;
        }

        @Override
        double derive(Features student, int[] rows, double[] gradient) {
            Features batch = teacher.rows(rows);
            Features input = trained ? student : batch;
            Features target = trained ? batch : student;
            int from = input.width();
            int to = target.width();
            if (map == null) {
                draw(from, to);
            }
            double[] toMap = new double[map.length];
            double loss = 0;
            for (int i = 0; i < rows.length; i++) {
                for (int o = 0; o < to; o++) {
                    double y = 0;
                    for (int d = 0; d < from; d++) {
                        y += map[o * from + d] * input.values()[i * from + d];
                    }
                    double error = y - target.values()[i * to + o];
                    loss += error * error;
                    if (trained) {
                        for (int d = 0; d < from; d++) {
                            gradient[i * from + d] += 2 * error * map[o * from + d];
                            toMap[o * from + d] += 2 * error * input.values()[i * from + d] / rows.length;
                        }
                    } else {
                        gradient[i * to + o] = -2 * error;
                    }
                }
            }
            if (trained) {
                adam(toMap);
            }
            return loss / rows.length;
        }

        private void draw(int from, int to) {
            map = new double[from * to];
            mean = new double[map.length];
            square = new double[map.length];
            double reach = 1 / Math.sqrt(from);
            for (int i = 0; i < map.length; i++) {
                map[i] = (2 * random.nextDouble() - 1) * reach;
            }
        }

        private void adam(double[] g) {
            step++;
            double first = 1 - Math.pow(BETA1, step);
            double second = 1 - Math.pow(BETA2, step);
            for (int i = 0; i < map.length; i++) {
                mean[i] = BETA1 * mean[i] + (1 - BETA1) * g[i];
                square[i] = BETA2 * square[i] + (1 - BETA2) * g[i] * g[i];
                map[i] -= rate * mean[i] / first / (Math.sqrt(square[i] / second) + EPSILON);
            }
        }
    }
}
