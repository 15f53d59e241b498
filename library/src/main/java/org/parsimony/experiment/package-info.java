/**
 * Experiments that can be repeated: a recipe says everything a run depends on and its SHA-256 is the run's name, a
 * SQLite store keeps every finished run, and a sweep runs what the store does not have. The contract follows
 * ShrinkBench (Blalock et al., 2020: seeds, spread, before and after fine-tuning) and Tribuo's provenance as a value.
 */
package org.parsimony.experiment;
