/**
 * A network looked at layer by layer: what each layer is, gives, holds, costs and how long it takes.
 *
 * <p>The table is Distiller's summary with the zeros and the measured time beside the counts.
 */
package org.parsimony.network.summary;
