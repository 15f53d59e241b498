/**
 * What a paper shows, made from runs: tables with mean, standard deviation, n and 95 % interval over the seeds, figures
 * of the same, verdicts on claims, and the results page that holds them; room {@code file} writes figures as files.
 */
package org.parsimony.report;
