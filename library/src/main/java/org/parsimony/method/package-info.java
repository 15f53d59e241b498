/**
 * The one shape of every method: a step takes a network and data, its own options, and a context with the seed; it gives an
 * outcome with a network, one row, a table of steps and a plot. The registry finds methods by name, so that whatever asks
 * for one by its name (recipes, magics, the command line) names none itself. The row follows ShrinkBench (Blalock et al.,
 * 2020): sizes and theoretical cost beside accuracies of the dense baseline, before and after fine-tuning.
 */
package org.parsimony.method;
