/**
 * Controls in a notebook: sliders, choices, fields and what they move, by Jupyter's widget messaging protocol, version 2.
 *
 * <p>JupyterLab, Notebook, VS Code and Colab draw them with what they have. A {@link org.parsimony.notebook.widget.Widget}
 * is the kernel's half of one; {@link org.parsimony.notebook.widget.Widgets} makes them; {@link
 * org.parsimony.notebook.widget.Explore} makes the controls of a method's options and shows what each position gives.
 */
package org.parsimony.notebook.widget;
