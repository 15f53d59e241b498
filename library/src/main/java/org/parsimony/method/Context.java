package org.parsimony.method;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.parsimony.base.Progress;
import org.parsimony.base.Require;
import org.parsimony.base.Seeds;

/**
 * What a step is given beside network, data and options. Only {@code seed} and {@code place} bear on the result.
 *
 * @param seed of the recipe: the one number that everything random derives from
 * @param place of the step in the recipe, from 0: the same method twice in a recipe draws other numbers
 * @param progress how far the work is, and whether it is still wanted
 * @param threads that the step may use, at least 1; the result does not depend on it
 * @param checkpoint file that a long step may save itself to and go on from; null for none
 */
public record Context(long seed, int place, Progress progress, int threads, Path checkpoint) {

    public Context {
        Require.atLeast("place of the step", place, 0);
        Require.that(progress != null, "progress is missing; Progress.NONE shows nothing");
        Require.atLeast("threads", threads, 1);
    }

    /** The context of a recipe's first step that nobody watches, on one thread. */
    public Context(long seed) {
        this(seed, Progress.NONE);
    }

    /** The context of a recipe's first step, on one thread. */
    public Context(long seed, Progress progress) {
        this(seed, 0, progress, 1, null);
    }

    /** The context of the step at another place of the same recipe: {@code context.at(1)} is that of the second. */
    public Context at(int otherPlace) {
        return new Context(seed, otherPlace, progress, threads, checkpoint);
    }

    /** This context with so many threads. */
    public Context threads(int other) {
        return new Context(seed, place, progress, other, checkpoint);
    }

    /** This context with another progress. */
    public Context progress(Progress other) {
        return new Context(seed, place, other, threads, checkpoint);
    }

    /** This context with a checkpoint file. */
    public Context checkpoint(Path file) {
        return new Context(seed, place, progress, threads, file);
    }

    /** The part of this context's progress from {@code from} to {@code to}. */
    public Context part(double from, double to) {
        return progress(progress.part(from, to));
    }

    /** The context of a part of this step that is a step by itself, for example a fine-tuning: other draws, same progress. */
    public Context within(String part) {
        return new Context(seed(part), 0, progress, threads, null);
    }

    /** The seed of one random decision of this step, for example {@code "order of samples"}. */
    public long seed(String decision) {
        return Seeds.derive(Seeds.derive(seed, "step " + place), decision);
    }

    /** A fresh generator for one random decision of this step. */
    public SplittableRandom random(String decision) {
        return new SplittableRandom(seed(decision));
    }
}
