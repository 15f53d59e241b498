/**
 * The commands of a cell: {@code %dataset}, {@code %optinet}, {@code %table} and the others.
 *
 * <p>Each is one class, a line over a library call that works without Jupyter. Options are declared with picocli, so
 * help, completion and errors come from one place, {@link org.parsimony.notebook.magic.CommandMagic}; a method's options
 * are its record's components, and its magic is one line in {@link org.parsimony.notebook.magic.Magics}.
 */
package org.parsimony.notebook.magic;
