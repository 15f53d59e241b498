/**
 * The bridge from {@link org.parsimony.notebook.spi} to IJava's base library.
 *
 * <p>This project's own kernel stands on it, and {@link org.parsimony.notebook.ijava.IJavaAdapter} carries magics and
 * renderers into a stock IJava.
 */
package org.parsimony.notebook.ijava;
