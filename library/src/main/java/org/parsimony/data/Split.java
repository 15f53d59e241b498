package org.parsimony.data;

/** A part of a data set, for options that name one. */
public enum Split {
    /** What networks are trained on. */
    TRAIN,
    /** What choices are made on. */
    VALIDATION,
    /** What results are reported on: a method that looks at it reports on samples that it has seen. */
    TEST;

    /** This part of {@code data}. */
    public Samples of(Dataset data) {
        return switch (this) {
            case TRAIN -> data.train();
            case VALIDATION -> data.validation();
            case TEST -> data.test();
        };
    }
}
