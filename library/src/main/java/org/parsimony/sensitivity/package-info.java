/**
 * How much each layer of a network bears: one layer at a time is harmed, by pruning or by what a method brings ({@code
 * LayerHarm}), nothing is trained, and validation samples tell what it cost.
 *
 * <p>Han et al., NeurIPS 2015, section 3.3, and the sensitivity analysis of Distiller; what is borne becomes a recipe's step.
 */
package org.parsimony.sensitivity;
