/**
 * Figures as files that a journal takes, PNG, SVG, PDF and EPS, which carry inside them the recipes, seeds, library and date
 * that they were made from.
 */
package org.parsimony.report.file;
