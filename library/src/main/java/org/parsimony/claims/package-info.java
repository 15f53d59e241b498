/**
 * What a paper states, set beside what was measured: the claims of {@code papers/NAME/claims.csv}, each answered by the
 * runs of its arm, and judged by the whole 95 % interval over seeds, as ShrinkBench asks (Blalock et al., MLSys 2020):
 * reproduced on both sides, no worse on one, not reproduced, undecided or not measured. Beside the verdict stands the claim's
 * power: how many of those that do nothing would pass it. Holm's correction (1979) is for tables of many tests.
 */
package org.parsimony.claims;
