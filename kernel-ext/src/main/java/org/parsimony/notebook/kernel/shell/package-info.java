/**
 * Java in a notebook, on JShell: whole cells, values as objects, errors at their places, statements that can be stopped.
 *
 * <p>{@code JavaShell} evaluates, {@code CellRunner} is the thread that can be stopped, {@code ErrorText} words the errors,
 * {@code Settings} is what the environment asks for. Nothing here knows a socket.
 */
package org.parsimony.notebook.kernel.shell;
