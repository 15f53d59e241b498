/**
 * What is behind {@link org.parsimony.coding.CodedNetwork}: the pass through a graph whose dense layers and convolutions
 * multiply with their codes as they are (Marinò et al., ICPR 2020), what joins its branches, and the file {@code .pars},
 * in sections with checksums and read with distrust. Internal to {@code coding}.
 */
package org.parsimony.coding.network;
