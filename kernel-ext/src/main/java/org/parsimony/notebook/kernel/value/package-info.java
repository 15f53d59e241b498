/**
 * What a cell's value looks like when no renderer knows it: contents of arrays, collections and records, with a limit on
 * time and size.
 *
 * <p>{@code ValueText} writes, {@code ValueRenderer} decides between it and the renderers that extensions register.
 */
package org.parsimony.notebook.kernel.value;
