package org.parsimony.transfer;

/** By what a student is taught after it has been trained as usual. */
public enum Teaching {
    /** How samples lie to each other in the teacher's features; no labels. */
    SIMILARITIES,
    /** The same, and samples of one class as neighbours, weighted by {@code labelWeight}: S-PKT. */
    SIMILARITIES_AND_LABELS,
    /** The teacher's soft-max at a temperature, no labels (Hinton and others 2015). */
    DISTILLATION,
    /** The teacher's features, which a linear map that is trained along makes of the student's (Romero and others 2015). */
    HINT,
    /** The student's features, which a linear map that is drawn and stays makes of the teacher's. */
    RANDOM_HINT,
    /** The labels, as before: the control. */
    LABELS
}
