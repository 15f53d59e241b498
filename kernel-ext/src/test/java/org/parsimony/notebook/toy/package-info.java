/** A method and a paper that the house knows nothing of: what a newcomer adds, and nothing else. */
package org.parsimony.notebook.toy;
