/**
 * Our own code: a column is that of a prototype with exceptions, and the exceptions are tokens of run and rank, coded with
 * asymmetric numeral systems (Duda, arXiv:1311.2540) under a few classes of context. Products with a batch compute each
 * prototype once. Only {@link org.parsimony.coding.prototypes.PrototypeMatrix} is known outside.
 */
package org.parsimony.coding.prototypes;
