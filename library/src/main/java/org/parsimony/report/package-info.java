/**
 * What people read: tables and figures from runs, with mean, standard deviation, number of seeds and 95 % interval; claims
 * with their verdicts; figures as PNG, SVG, PDF and EPS with their provenance inside the file; and the results folder of
 * a paper, written from the run store and from nothing else.
 */
package org.parsimony.report;
