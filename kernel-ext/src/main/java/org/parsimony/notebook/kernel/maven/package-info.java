/**
 * The magics that fetch libraries from Maven repositories: {@code %maven}, {@code %mavenRepo}, {@code %loadFromPOM}.
 *
 * <p>Resolution is Maven's own, so mirrors, proxies, servers and the local repository are those of the user's {@code
 * settings.xml}, SNAPSHOTs are looked up anew in each session, and packaging such as {@code bundle} means a jar.
 */
package org.parsimony.notebook.kernel.maven;
