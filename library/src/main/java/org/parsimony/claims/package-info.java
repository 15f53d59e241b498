/**
 * What a paper states, set beside what was measured: the claims of {@code papers/NAME/claims.csv}, each answered by the
 * runs of its arm, and judged as reproduced, not reproduced, undecided or not measured. Means over seeds, and differences
 * seed by seed, come with their 95 % interval, as ShrinkBench asks (Blalock et al., MLSys 2020): one seed has none.
 */
package org.parsimony.claims;
