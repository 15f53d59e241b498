/**
 * The commands behind {@code ./parsimony}: each is a few lines over a library call, so that all of them work without
 * Jupyter too, but for running a notebook.
 */
package org.parsimony.notebook.cli;
