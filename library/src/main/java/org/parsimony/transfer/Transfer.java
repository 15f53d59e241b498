package org.parsimony.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.method.Training;
import org.parsimony.network.Model;
import org.parsimony.network.fused.Fused;
import org.parsimony.network.training.Trainer;
import org.parsimony.steps.Train;

/**
 * The network that a recipe has so far becomes the teacher, and the result is a student: a fresh network that is trained as
 * usual, then taught, then given a fresh classifier on its features, which transfer leaves behind. What follows in the recipe
 * (pruning, quantisation, encoding) follows on the student. The teacher stays as it is; it may be a file, or what the steps
 * before made.
 *
 * <p>All {@link Teaching}s have the same epochs, rates, batches and seeds, {@link Teaching#LABELS} among them, which is the
 * student alone, trained longer. The last epoch counts: transfer without labels has nothing to choose by.
 *
 * <p>Randomness: weights of the student, order of samples, the map of a hint, by the context.
 */
public final class Transfer {

    private Transfer() {}

    /** Where the teacher's features come from. */
    public enum Source {
        /** A layer of the network. */
        LAYER,
        /** Histograms of gradients of the images, made by hand: no network teaches. */
        GRADIENTS
    }

    /** Who teaches whom, by what, how long; the defaults are the paper's transfer with a student of 16 features. */
    public record Options(
            @Describe("the student: widths, a name, or layers in words with | between them") String student,
            @Describe("by what the student is taught") Teaching by,
            @Describe(value = "epochs in which the student is trained as usual before, at least 1", least = 1)
                    int baseEpochs,
            @Describe(value = "epochs of teaching, at least 1", least = 1) int epochs,
            @Describe(value = "epochs in which the classifier alone is trained at last, 0 for none", least = 0)
                    int classifierEpochs,
            @Describe(value = "samples of a batch, at least 2", least = 2) int batchSize,
            @Describe(value = "learning rate of Adam, above 0", least = 0) double learningRate,
            @Describe("similarities of samples, one or several whose losses are added") Similarity[] similarities,
            @Describe("how far distributions of neighbours are apart") Divergence divergence,
            @Describe("whether a sample is its own neighbour") SimilarityLoss.Diagonal diagonal,
            @Describe(value = "weight of the labels' neighbours, at least 0", least = 0) double labelWeight,
            @Describe(value = "temperature of distillation, above 0", least = 0) double temperature,
            @Describe("where the teacher's features come from") Source source,
            @Describe(value = "layer of the teacher's features, -1 for the last before the classes", least = -1)
                    int teacherLayer,
            @Describe(value = "layer of the student's features, -1 for the last before the classes", least = -1)
                    int studentLayer,
            @Describe(value = "first test samples that query the training samples, 0 for all", least = 0) int queries) {

        public Options {
            similarities = similarities.clone();
            Require.text("student", student);
            Require.oneOf("by", by, Teaching.values());
            Require.atLeast("baseEpochs", baseEpochs, 1);
            Require.atLeast("epochs", epochs, 1);
            Require.atLeast("classifierEpochs", classifierEpochs, 0);
            Require.atLeast("batchSize", batchSize, 2);
            Require.positive("learningRate", learningRate);
            Require.atLeast("similarities, their number", similarities.length, 1);
            for (Similarity similarity : similarities) {
                Require.oneOf("similarities", similarity, Similarity.values());
            }
            Require.oneOf("divergence", divergence, Divergence.values());
            Require.oneOf("diagonal", diagonal, SimilarityLoss.Diagonal.values());
            Require.between("labelWeight", labelWeight, 0, 1e9);
            Require.positive("temperature", temperature);
            Require.oneOf("source", source, Source.values());
            Require.atLeast("teacherLayer", teacherLayer, -1);
            Require.atLeast("studentLayer", studentLayer, -1);
            Require.atLeast("queries", queries, 0);
        }

        /** The defaults. */
        public Options() {
            this(
                    "784-16-16-10",
                    Teaching.SIMILARITIES,
                    20,
                    20,
                    2,
                    128,
                    1e-3,
                    new Similarity[] {Similarity.COSINE},
                    Divergence.KULLBACK_LEIBLER,
                    SimilarityLoss.Diagonal.INCLUDED,
                    0.001,
                    2,
                    Source.LAYER,
                    -1,
                    -1,
                    1000);
        }

        /** These options with another student. */
        public Options student(String other) {
            return With.component(this, "student", other);
        }

        /** These options with another teaching. */
        public Options by(Teaching other) {
            return With.component(this, "by", other);
        }

        /** These options with other epochs before teaching, of teaching, and of the classifier. */
        public Options epochs(int base, int teaching, int classifier) {
            Options with = With.component(With.component(this, "baseEpochs", base), "epochs", teaching);
            return With.component(with, "classifierEpochs", classifier);
        }

        /** These options with other similarities, whose losses are added. */
        public Options similarities(Divergence by, Similarity... other) {
            return With.component(With.component(this, "divergence", by), "similarities", other);
        }

        /** These options with another source of the teacher's features. */
        public Options source(Source other) {
            return With.component(this, "source", other);
        }

        /** These options with another temperature. */
        public Options temperature(double other) {
            return With.component(this, "temperature", other);
        }

        /** These options with another number of queries. */
        public Options queries(int other) {
            return With.component(this, "queries", other);
        }

        List<SimilarityLoss> losses() {
            return Arrays.stream(similarities)
                    .map(similarity -> new SimilarityLoss(similarity, divergence, diagonal))
                    .toList();
        }
    }

    /**
     * Makes and teaches a student.
     *
     * @param teacher is not changed; a chain or a graph
     * @throws IllegalArgumentException if the student is no network for this data or none that the fused engine trains, or
     *     if a layer of the features is not there
     */
    public static Taught run(Model teacher, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        Model student = trained(data, options, context);
        int layer = options.studentLayer() < 0 ? Features.lastHidden(student) : options.studentLayer();
        Require.that(
                layer < student.net().layers() - 1,
                "studentLayer is %d, but must be below the last layer, %d",
                layer,
                student.net().layers() - 1);
        Features teaching = features(teacher, data.train(), options);
        Retrieval ofTeacher =
                retrieval(teaching, features(teacher, queries(data, options), options), data, options, context);
        Retrieval before = retrieval(student, layer, data, options, context);
        Train.Options rule = training(options, options.epochs());
        Model taught = student.withOptimiser(rule.updater(data.train().size()));
        Lesson lesson = lesson(teacher, taught, layer, teaching, data.train(), options, context);
        LessonSteps steps = new LessonSteps(options.batchSize(), options.epochs(), "teaching");
        double[] losses = steps.run(taught, data.train(), lesson, context.part(0.45, 0.85));
        Retrieval after = retrieval(taught, layer, data, options, context);
        if (options.classifierEpochs() > 0) {
            taught = Student.classified(taught, layer, data.train(), options, context.part(0.85, 0.95));
        }
        double passes = (double) options.baseEpochs() + options.epochs() + options.classifierEpochs();
        return new Taught(
                Change.of(teacher, taught, data, nanos)
                        .rightAfter(student)
                        .trained(passes, options.batchSize())
                        .fresh(),
                options,
                losses,
                ofTeacher,
                before,
                after);
    }

    static Train.Options training(Options options, int epochs) {
        return new Train.Options()
                .epochs(epochs)
                .batchSize(options.batchSize())
                .optimiser(Train.Optimiser.ADAM, options.learningRate())
                .choice(Trainer.Choice.LAST);
    }

    /** A student that nobody taught yet. */
    private static Model trained(Dataset data, Options options, Context context) {
        Model fresh = Student.fresh(options.student(), data, context.seed("student"));
        var plan = Fused.plan(fresh, fresh.fitted(data.train()).shape());
        Require.that(
                !fresh.isGraph() && plan.supported(),
                "student is %s, which the fused engine does not train because of %s, but only that can teach; take a chain of"
                        + " dense layers and convolutions",
                options.student(),
                fresh.isGraph() ? "its graph" : plan.reason());
        Context base =
                context.within("base training").progress(context.progress().part(0, 0.4));
        return Train.run(fresh, data, training(options, options.baseEpochs()), base)
                .model();
    }

    /** The teacher's. */
    private static Features features(Model teacher, Samples samples, Options options) {
        if (options.source() == Source.GRADIENTS) {
            return Gradients.of(samples);
        }
        int layer = options.teacherLayer() < 0 ? Features.lastHidden(teacher) : options.teacherLayer();
        return Features.of(teacher, samples, layer);
    }

    private static Samples queries(Dataset data, Options options) {
        Samples test = data.test();
        return options.queries() == 0 || options.queries() >= test.size() ? test : test.range(0, options.queries());
    }

    private static Retrieval retrieval(Model model, int layer, Dataset data, Options options, Context context) {
        return retrieval(
                Features.of(model, data.train(), layer),
                Features.of(model, queries(data, options), layer),
                data,
                options,
                context);
    }

    private static Retrieval retrieval(
            Features database, Features queries, Dataset data, Options options, Context context) {
        return Retrieval.of(
                database,
                data.train().labels(),
                queries,
                queries(data, options).labels(),
                context.progress().part(0.4, 0.4));
    }

    private static Lesson lesson(
            Model teacher,
            Model student,
            int layer,
            Features teaching,
            Samples train,
            Options options,
            Context context) {
        return switch (options.by()) {
            case SIMILARITIES -> new Lessons.Similarities(layer, teaching, options.losses(), train.labels(), 0);
            case SIMILARITIES_AND_LABELS ->
                new Lessons.Similarities(layer, teaching, options.losses(), train.labels(), options.labelWeight());
            case DISTILLATION ->
                new Lessons.Distillation(student.net().layers() - 1, logits(teacher, train), options.temperature());
            case HINT ->
                new Lessons.Hint(layer, teaching, true, options.learningRate(), context.random("map of the hint"));
            case RANDOM_HINT -> new Lessons.Hint(layer, teaching, false, 0, context.random("map of the hint"));
            case LABELS -> null;
        };
    }

    /** Logarithms of the class probabilities: the logits up to a constant, which soft-max does not see. */
    private static Features logits(Model teacher, Samples samples) {
        float[] p = Features.of(teacher, samples, teacher.net().layers() - 1).values();
        float[] logits = new float[p.length];
        for (int i = 0; i < p.length; i++) {
            logits[i] = (float) Math.log(Math.max(p[i], Float.MIN_NORMAL));
        }
        return new Features(samples.classes(), logits);
    }

    /** The method {@code transfer}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super("transfer", "transfer", "let the network teach a smaller one", Options.class, Transfer::run);
        }

        @Override
        public Training training(Options options) {
            List<Training.Stretch> stretches = new ArrayList<>();
            for (int epochs : new int[] {options.baseEpochs(), options.epochs(), options.classifierEpochs()}) {
                stretches.addAll(Transfer.training(options, Math.max(1, epochs))
                        .trainings(epochs == 0 ? 0 : 1)
                        .stretches());
            }
            return new Training(true, stretches);
        }
    }
}
