/**
 * A user's own data by their path: tables, IDX files, NumPy arrays and folders of images, with what stands after the colons
 * of a name. Splits that are there stay, others are drawn within each class by seed and shares, scaling is fitted on
 * training alone, and nothing is guessed. Internal to {@code data}: {@link org.parsimony.data.Datasets#load} leads here.
 */
package org.parsimony.data.own;
