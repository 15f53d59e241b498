/**
 * Numbers of few bits: floats of any exponent and mantissa and fixed point as values ({@link
 * org.parsimony.floats.FloatFormat}, {@link org.parsimony.floats.FixedFormat}), networks in which every multiplication and
 * addition is rounded to them ({@link org.parsimony.floats.Emulation}), accuracy over the plane of formats, and the search of
 * a format that looks at ten inputs. After Hill, Zamirai, Lu and others, <em>Rethinking Numerical Representations for Deep
 * Neural Networks</em> (2018, arXiv 1808.02513).
 */
package org.parsimony.floats;
