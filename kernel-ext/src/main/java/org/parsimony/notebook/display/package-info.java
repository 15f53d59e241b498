/**
 * How values look in a notebook: Tablesaw tables, XChart figures, the progress of long work.
 *
 * <p>Every renderer gives a form for the browser and one for a plain text console. The HTML takes its colours from the
 * page around it, so that it is readable on light and dark themes alike, and each output stands alone: a saved notebook,
 * an export by nbconvert and a live page show the same.
 */
package org.parsimony.notebook.display;
