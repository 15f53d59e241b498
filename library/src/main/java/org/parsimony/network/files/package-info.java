/**
 * Networks as other programs write them: Keras's {@code .h5} and Deeplearning4j's {@code .zip}. Each is a service that
 * {@link org.parsimony.network.Model#read} asks; what is damaged or not supported is refused in a sentence that names the
 * layer, what stands there, and what to do.
 */
package org.parsimony.network.files;
