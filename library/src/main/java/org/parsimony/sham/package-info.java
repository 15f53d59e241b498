/**
 * Quantisation as in HAM and sHAM: four quantisers that make weights share few values, which every later step keeps shared.
 * With {@code magnitude} before it, {@code train} and {@code code} after it, it is the method of Marinò, Ghidoli, Frasca and
 * Malchiodi, <em>Compression strategies and space-conscious representations for deep neural networks</em> (ICPR 2020, arXiv
 * 2007.07967), and of their <em>Deep neural networks compression: a comparative survey</em> (Neurocomputing 2023). What it
 * leaves is written by {@link org.parsimony.coding}.
 */
package org.parsimony.sham;
