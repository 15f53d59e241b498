/**
 * Charts in the style of the house, from plain arrays: lines with bands or error bars, bars, histograms, and
 * entropy against layer width, the picture this project is known by. Colours follow Okabe and Ito (2008), which people
 * of every colour vision tell apart.
 */
package org.parsimony.figure;
