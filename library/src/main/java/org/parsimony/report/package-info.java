/**
 * What a paper shows, made from runs: tables with mean, standard deviation, n and 95 % interval over the seeds, figures
 * of the same, and files a journal takes that carry inside them which runs they were made from.
 */
package org.parsimony.report;
