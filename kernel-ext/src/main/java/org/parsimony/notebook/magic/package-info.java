/**
 * The commands of a cell: {@code %dataset}, {@code %run}, {@code %table} and the others.
 *
 * <p>Each is one class, a line over a library call that works without Jupyter. Options are declared with picocli, so
 * help, completion and errors come from one place, {@link org.parsimony.notebook.magic.arguments.CommandMagic}. A method of the
 * registry is a magic by {@link org.parsimony.notebook.magic.MethodMagic}: its options are its record's components.
 */
package org.parsimony.notebook.magic;
