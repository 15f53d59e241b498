/**
 * The steps that every recipe may have and no paper owns: train, fresh weights, removal of powerless units, batch
 * statistics, encoding.
 */
package org.parsimony.steps;
