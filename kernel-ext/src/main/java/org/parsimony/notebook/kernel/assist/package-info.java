/**
 * Help while typing: completion, documentation, and whether a cell is complete, for Java and for magics.
 */
package org.parsimony.notebook.kernel.assist;
