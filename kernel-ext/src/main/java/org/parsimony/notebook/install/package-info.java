/**
 * Registers the kernel with Jupyter and starts it: {@code java -jar parsimony-kernel.jar --install}, no Python needed.
 *
 * <p>What Jupyter needs is a folder with a {@code kernel.json} and two logos; {@code KernelSpec} writes it, {@code
 * JupyterFolders} knows where, {@code JvmOptions} what makes ND4J and the start fast, {@code Rehearsal} records the classes
 * of a start so that the next ones need not load them anew.
 */
package org.parsimony.notebook.install;
