/**
 * The bridge from {@link org.parsimony.notebook.spi} to stock JJava, through JJava's own extension service.
 *
 * <p>JJava's kernel library forked IJava's under other package names, so the bridge cannot share code with {@link
 * org.parsimony.notebook.ijava}; both are thin.
 */
package org.parsimony.notebook.jjava;
