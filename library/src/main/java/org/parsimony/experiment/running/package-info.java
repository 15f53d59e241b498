/**
 * Recipes carried out: a runner takes the steps in order, begins at the longest prefix that is kept, and measures the row
 * at the end while nothing else runs; a sweep carries out many, side by side, and stores each as soon as it is finished.
 */
package org.parsimony.experiment.running;
