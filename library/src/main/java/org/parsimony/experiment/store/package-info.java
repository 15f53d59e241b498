/**
 * The run store: every finished run in one SQLite file, durable as soon as it is saved, and shared by threads and
 * processes. What an earlier version kept, or a later run replaced, stays readable beside it.
 */
package org.parsimony.experiment.store;
