/**
 * The little that a notebook kernel must offer, and the little that a magic or a renderer must be.
 *
 * <p>Magics and renderers are written once against these types; the kernel of this project and the adapters for stock
 * IJava and stock JJava each implement {@link org.parsimony.notebook.spi.Notebook} in under a hundred lines.
 */
package org.parsimony.notebook.spi;
