/**
 * What every other package leans on: progress with cancellation, seeds that are derived and never shared, and checks
 * whose messages name the thing, its value and what it must be.
 */
package org.parsimony.base;
