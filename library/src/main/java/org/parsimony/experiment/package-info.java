/**
 * Experiments that can be repeated: a recipe says everything a run depends on and its SHA-256 is the run's name. The room
 * {@code store} keeps every finished run, the room {@code running} carries out what it lacks. The contract follows
 * ShrinkBench (Blalock et al., 2020: seeds, spread, before and after fine-tuning) and Tribuo's provenance as a value.
 */
package org.parsimony.experiment;
