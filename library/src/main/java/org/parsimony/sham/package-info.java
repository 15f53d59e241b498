/**
 * The lossy half of HAM and sHAM: pruning by percentile, four quantisers that make weights share few values, and
 * fine-tuning that keeps zeros zero and shared values shared. After Marinò, Ghidoli, Frasca and Malchiodi, <em>Compression
 * strategies and space-conscious representations for deep neural networks</em> (ICPR 2020, arXiv 2007.07967), and their
 * <em>Deep neural networks compression: a comparative survey</em> (Neurocomputing 2023). What it leaves is written by
 * {@link org.parsimony.coding}.
 */
package org.parsimony.sham;
