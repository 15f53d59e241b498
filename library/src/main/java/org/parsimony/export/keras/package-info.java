/**
 * Networks as Keras's {@code .h5}: layers as JSON in the form of Keras 3, arrays in its order, channels last. HDF5 is
 * written by jHDF. What Keras has no layer for is refused by name.
 */
package org.parsimony.export.keras;
