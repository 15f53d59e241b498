/** A method that is not the library's: one package and one line of registration, as {@code CONTRIBUTING.md} tells it. */
package org.parsimony.shrink;
