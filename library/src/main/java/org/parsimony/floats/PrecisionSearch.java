package org.parsimony.floats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.parsimony.base.Describe;
import org.parsimony.base.Require;
import org.parsimony.base.With;
import org.parsimony.data.Dataset;
import org.parsimony.data.Samples;
import org.parsimony.method.Change;
import org.parsimony.method.Context;
import org.parsimony.method.Registration;
import org.parsimony.network.Model;

/**
 * Finds the fastest float that costs hardly any accuracy (Hill et al. 2018, section 4): every candidate passes ten inputs,
 * whose outputs' R² with those of 32-bit floats promises an accuracy; the fastest format that promises enough is measured,
 * and a bit is taken from the mantissa or added until the measurements are used up. Or by the full sweep, to compare. All
 * choices are made on validation samples. The result has its weights rounded to the format.
 *
 * <p>Where the promise fails, the bit goes to the field that R² gains more by; the mantissa, if both gain alike. Nothing is
 * random but stochastic rounding.
 */
public final class PrecisionSearch {

    private PrecisionSearch() {}

    /** How the format is found. */
    public enum By {
        /** R² on a few inputs, and a few measurements. */
        SEARCH,
        /** All candidates are measured. */
        SWEEP
    }

    /** Candidates, and what is asked of them. */
    public record Options(
            @Describe("how the format is found") By by,
            @Describe(value = "least accuracy relative to that of 32-bit floats, from 0 to 1", least = 0, most = 1)
                    double target,
            @Describe(value = "exponent bits of the candidates, each from 2 to 8", least = 2, most = 8) int[] exponents,
            @Describe(value = "mantissa bits of the candidates, each from 0 to 23", least = 0, most = 23)
                    int[] mantissas,
            @Describe("rounding of the candidates") Rounding rounding,
            @Describe("what is rounded when the network computes") Arithmetic arithmetic,
            @Describe(value = "inputs whose outputs R² is computed on, at least 2", least = 2) int inputs,
            @Describe(value = "first validation samples that accuracy is measured on, 0 for all", least = 0)
                    int samples,
            @Describe(value = "formats that the search may measure, at least 1", least = 1) int checks,
            @Describe(value = "slope of the line from R² to relative accuracy, fitted on other networks", least = -1e9)
                    double slope,
            @Describe(value = "its value at R² = 0", least = -1e9) double intercept) {

        public Options {
            Require.oneOf("by", by, By.values());
            Require.between("target", target, 0, 1);
            Require.atLeast("samples", samples, 0);
            Require.atLeast("checks", checks, 1);
            Require.between("slope", slope, -1e9, 1e9);
            Require.between("intercept", intercept, -1e9, 1e9);
            Plane.Grid grid = new Plane.Grid(exponents, mantissas, rounding, arithmetic, inputs);
            exponents = grid.exponents();
            mantissas = grid.mantissas();
        }

        /** 99 % by search on 1,000 samples with two measurements; relative accuracy is taken to be R² itself. */
        public Options() {
            this(
                    By.SEARCH,
                    0.99,
                    IntStream.rangeClosed(2, 8).toArray(),
                    IntStream.rangeClosed(1, 10).toArray(),
                    Rounding.TOWARD_ZERO,
                    Arithmetic.EVERY_OPERATION,
                    10,
                    1000,
                    2,
                    AccuracyLine.IDENTITY.slope(),
                    AccuracyLine.IDENTITY.intercept());
        }

        /** These options with another way to find the format. */
        public Options by(By other) {
            return With.component(this, "by", other);
        }

        /** These options with other candidates. */
        public Options candidates(int[] exponentBits, int[] mantissaBits) {
            return With.component(With.component(this, "exponents", exponentBits), "mantissas", mantissaBits);
        }

        /** These options with another target. */
        public Options target(double other) {
            return With.component(this, "target", other);
        }

        /** These options with another number of samples. */
        public Options samples(int other) {
            return With.component(this, "samples", other);
        }

        /** These options with another number of measurements. */
        public Options checks(int other) {
            return With.component(this, "checks", other);
        }

        /** These options with a line that was fitted on other networks. */
        public Options line(AccuracyLine line) {
            return With.component(With.component(this, "slope", line.slope()), "intercept", line.intercept());
        }

        /** The candidates. */
        public Plane.Grid grid() {
            return new Plane.Grid(exponents, mantissas, rounding, arithmetic, inputs);
        }
    }

    /** Finds a format for {@code start}, and rounds a copy of it. Throws IllegalArgumentException if it is a graph. */
    public static FoundPrecision run(Model start, Dataset data, Options options, Context context) {
        long nanos = System.nanoTime();
        Samples all = data.validation();
        Samples samples =
                options.samples() == 0 || options.samples() >= all.size() ? all : all.range(0, options.samples());
        List<FoundPrecision.Look> looks = new ArrayList<>();
        Plane plane = null;
        FloatFormat found;
        if (options.by() == By.SWEEP) {
            plane = Plane.of(start, samples, options.grid(), data.title() + ", accuracy [%]", context.part(0, 0.9));
            found = plane.fastest(options.target());
            looks.addAll(looks(plane, options));
        } else {
            found = new Walk(start, samples, options, context.part(0, 0.9), looks).found();
        }
        Model model = start.copy();
        if (found != null) {
            Floats.Options rounding = new Floats.Options().formats(found.text()).arithmetic(Arithmetic.WEIGHTS_ONLY);
            model = Floats.run(start, data, rounding, context.within("rounding"))
                    .model();
        }
        context.progress().report(1, 1, found == null ? "no format found" : "found " + found.text());
        return new FoundPrecision(
                Change.of(start, model, data, nanos).rightAfter(model), options, found, List.copyOf(looks), plane);
    }

    private static List<FoundPrecision.Look> looks(Plane plane, Options options) {
        List<FoundPrecision.Look> looks = new ArrayList<>();
        AccuracyLine line = new AccuracyLine(options.slope(), options.intercept());
        for (int m = 0; m < plane.mantissas().length; m++) {
            for (int e = 0; e < plane.exponents().length; e++) {
                double r = plane.rSquared()[m][e];
                looks.add(new FoundPrecision.Look(
                        options.grid().format(m, e), r, line.at(r), plane.accuracy()[m][e] / plane.reference()));
            }
        }
        return looks;
    }

    /** The search: candidates by their promise, then measurements from one to the next. */
    private static final class Walk {

        private final Model model;
        private final Samples samples;
        private final Options options;
        private final Context context;
        private final List<FoundPrecision.Look> looks;
        private final List<FoundPrecision.Look> candidates = new ArrayList<>();
        private final double reference;

        Walk(Model model, Samples samples, Options options, Context context, List<FoundPrecision.Look> looks) {
            this.model = model;
            this.samples = samples;
            this.options = options;
            this.context = context;
            this.looks = looks;
            int inputs = Math.min(options.inputs(), samples.size());
            Plane few = Plane.of(model, samples.range(0, inputs), options.grid(), "candidates", context.part(0, 0.5));
            for (FoundPrecision.Look look : looks(few, options)) {
                candidates.add(look.measured(Double.NaN));
            }
            reference = Emulation.exact(model, samples.shape()).run(samples).accuracy(samples.labels());
        }

        /** The fastest format that was measured to be good enough; null if none was. */
        FloatFormat found() {
            FoundPrecision.Look next = candidates.stream()
                    .filter(look -> look.promised() >= options.target())
                    .findFirst() // the plane's order is from fast to slow
                    .orElse(candidates.get(candidates.size() - 1));
            FloatFormat best = null;
            while (next != null && looks.size() < options.checks()) {
                FoundPrecision.Look look = measure(next);
                boolean good = look.measured() >= options.target();
                if (good) {
                    best = look.format();
                }
                next = good
                        ? neighbour(look.format(), -1, 0)
                        : better(neighbour(look.format(), 1, 0), neighbour(look.format(), 0, 1));
                if (best != null && !good) {
                    break;
                }
                if (next != null && seen(next.format())) {
                    break;
                }
            }
            return best;
        }

        private boolean seen(FloatFormat format) {
            return looks.stream().anyMatch(look -> look.format().equals(format));
        }

        private FoundPrecision.Look measure(FoundPrecision.Look candidate) {
            Emulation.Answers answers = new Emulation(
                            model,
                            samples.shape(),
                            List.of(candidate.format()),
                            options.arithmetic(),
                            context.seed("rounding"))
                    .run(samples, Emulation.Counting.NONE, context.threads(), context.progress());
            FoundPrecision.Look look = candidate.measured(answers.accuracy(samples.labels()) / reference);
            looks.add(look);
            context.progress()
                    .report(
                            looks.size(),
                            options.checks() + 1,
                            "measured " + candidate.format().text());
            return look;
        }

        private static FoundPrecision.Look better(FoundPrecision.Look mantissa, FoundPrecision.Look exponent) {
            if (mantissa == null || exponent == null) {
                return mantissa == null ? exponent : mantissa;
            }
            return exponent.rSquared() > mantissa.rSquared() ? exponent : mantissa;
        }

        /** The candidate of the next larger or smaller mantissa or exponent, or null. */
        private FoundPrecision.Look neighbour(FloatFormat format, int mantissa, int exponent) {
            Comparator<FoundPrecision.Look> nearest =
                    Comparator.comparingInt(look -> Math.abs(look.format().bits() - format.bits()));
            return candidates.stream()
                    .filter(look -> Integer.signum(look.format().mantissaBits() - format.mantissaBits()) == mantissa
                            && Integer.signum(look.format().exponentBits() - format.exponentBits()) == exponent)
                    .min(nearest)
                    .orElse(null);
        }
    }

    /** The method {@code precision}. */
    public static final class Registered extends Registration<Options> {

        /** For the registry. */
        public Registered() {
            super("precision", "floats", "find the float of fewest bits", Options.class, PrecisionSearch::run);
        }
    }
}
