/**
 * What a researcher's notebook has without a first cell: {@link org.parsimony.notebook.ParsimonyExtension} brings the
 * imports, renderers and magics into a kernel, and {@link org.parsimony.notebook.Cell} the functions a cell calls.
 */
package org.parsimony.notebook;
