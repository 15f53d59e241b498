/**
 * Notebooks without a browser: their parameters set from outside, their cells executed by Jupyter's own client, the
 * executed notebook and its HTML written. Papermill, which does this for other languages, knows no Java.
 */
package org.parsimony.notebook.run;
