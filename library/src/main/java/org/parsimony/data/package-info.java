/**
 * Data sets with explicit training, validation and test splits: a registry of public sources with licence and
 * SHA-256, verified and resumable downloads, and readers for IDX, CIFAR binary, NPY, CSV and Matrix Market.
 * Nothing unverified is ever handed out, and no split is ever silently mixed with another.
 */
package org.parsimony.data;
