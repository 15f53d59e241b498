/**
 * The magic language: how a cell's {@code %name} and {@code %%name} are found between Java, split into words and looked up.
 *
 * <p>{@code MagicSyntax} is the grammar, {@code MagicRegistry} the names; {@code SourceMagics} and {@code TimeMagic} are the
 * kernel's own magics. Nothing here knows JShell or a socket.
 */
package org.parsimony.notebook.kernel.language;
