/**
 * What stands behind the name of a magic: picocli reads the words into fields, {@code {expression}} becomes its value, a
 * word names a value of the notebook, a method's record is its options, Tab has names, and what cannot be read is told in
 * one sentence. A magic extends {@link org.parsimony.notebook.magic.arguments.CommandMagic}.
 */
package org.parsimony.notebook.magic.arguments;
