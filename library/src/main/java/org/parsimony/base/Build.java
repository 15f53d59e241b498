package org.parsimony.base;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * What this library was built from, as the build wrote it into the jar; so it is known wherever the jar runs.
 *
 * @param version of the library
 * @param commit git commit of its sources with {@code -dirty} behind it if they had changes that were not committed;
 *     {@link #NO_COMMIT} if they were built outside a git repository; never empty
 */
public record Build(String version, String commit) {

    /** The commit of a library that was built where git knew of none. */
    public static final String NO_COMMIT = "none";

    private static final String DIRTY = "-dirty";
    private static final String RESOURCE = "/org/parsimony/version.properties";

    /** Checks that both are there. */
    public Build {
        Require.that(!version.isBlank() && !version.contains("${"), "the build wrote no version into %s", RESOURCE);
        Require.that(
                commit.equals(NO_COMMIT) || commit.matches("[0-9a-f]{40,64}(" + DIRTY + ")?"),
                "the build wrote \"%s\" as the commit into %s, but it must be git's full name of one, %s allowed behind"
                        + " it, or %s; build with Maven",
                commit,
                RESOURCE,
                DIRTY,
                NO_COMMIT);
    }

    /** Of the library that runs. */
    public static Build here() {
        return Here.BUILD;
    }

    /** Whether the sources had changes that were not committed. */
    public boolean modified() {
        return commit.endsWith(DIRTY);
    }

    private static final class Here {
        static final Build BUILD = read();

        private static Build read() {
            Properties properties = new Properties();
            try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
                Require.that(in != null, "the library has no %s; build it with Maven", RESOURCE);
                properties.load(in);
            } catch (IOException e) {
                throw new IllegalStateException("cannot read " + RESOURCE + " from the library's own jar", e);
            }
            return new Build(properties.getProperty("version", ""), properties.getProperty("commit", ""));
        }
    }
}
