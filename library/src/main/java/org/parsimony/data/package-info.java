/**
 * Data sets with explicit training, validation and test splits: a registry of public sources with licence and SHA-256,
 * verified and resumable downloads, readers of files (room {@code format}), and a user's own tables, arrays and folders
 * of images by their path (room {@code own}). Nothing unverified is ever handed out from the registry, nothing in a
 * foreign file is guessed, and no split is ever silently mixed with another.
 */
package org.parsimony.data;
