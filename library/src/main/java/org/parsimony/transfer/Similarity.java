package org.parsimony.transfer;

/** How alike two samples are, from their feature vectors. */
public enum Similarity {
    /** (cosine + 1)/2, which has no width to choose: the paper's. */
    COSINE(1e-7),
    /** 1/(1 + d) of the Euclidean distance d: Student's t with one degree of freedom, of the journal version. */
    STUDENT_T(1e-6),
    /** exp(−d/σ) with σ the mean distance of the batch: called Gaussian in the journal version. */
    GAUSSIAN(1e-6);

    /** Added to norms, to squared distances and to probabilities below logarithms, as in the authors' code. */
    final double epsilon;

    Similarity(double epsilon) {
        this.epsilon = epsilon;
    }
}
