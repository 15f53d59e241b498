/**
 * Recipes on Apache Spark: the unit of work is a recipe as JSON, the answer a run as JSON. Data sets travel by name and SHA-256,
 * and the driver's run store is the only one that is written to. A module of its own: nobody without Spark downloads it.
 */
package org.parsimony.spark;
