/**
 * Training on arrays of resistive devices: forward, backward and update go through noisy, bounded cross-point arrays whose
 * weights change by coincidences of random pulses ({@link org.parsimony.crossbar.Crossbar}); and how any network fares when it
 * is written onto such arrays ({@link org.parsimony.crossbar.Writing}). After Gokmen, Onen and Haensch, <em>Training Deep
 * Convolutional Neural Networks with Resistive Cross-Point Devices</em> (Frontiers in Neuroscience 11:538, 2017).
 */
package org.parsimony.crossbar;
