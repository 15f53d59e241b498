/**
 * Sweeps: one recipe over many settings of its options, by grid, by draws at random or by successive halving (Jamieson and
 * Talwalkar, 2016). A sweep is a list of recipes, which the run store is asked for first; settings are chosen on validation
 * samples alone, and the outcome says how many were tried.
 */
package org.parsimony.experiment.sweep;
