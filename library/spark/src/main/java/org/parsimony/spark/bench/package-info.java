/**
 * A Spark cluster of processes on the loopback address, and what it shows: speed by workers, rows equal to those of threads, and
 * nothing lost or done twice when a worker or the driver is killed.
 */
package org.parsimony.spark.bench;
