package org.parsimony.experiment;

import tech.tablesaw.api.Table;

/**
 * What one step of a run did.
 *
 * @param method of the step
 * @param seconds it took, when it was carried out
 * @param epochs passes over the training samples in it
 * @param parameters of the network after it
 * @param nonzeros of the network after it
 * @param validationAccuracy of the network after it; NaN where targets are real values
 * @param validationError of real values the mean squared error of the network after it; NaN of classes
 * @param table the method's own steps; text, boolean and number columns are kept as they are, others as text
 */
public record StepTrace(
        String method,
        double seconds,
        double epochs,
        long parameters,
        long nonzeros,
        double validationAccuracy,
        double validationError,
        Table table) {}
