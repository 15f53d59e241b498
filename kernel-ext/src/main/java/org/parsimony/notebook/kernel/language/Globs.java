package org.parsimony.notebook.kernel.language;

import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** File names with {@code *} and {@code ?}, as magics and environment variables take them. */
public final class Globs {

    private Globs() {}

    /** The absolute paths that a glob with {@code *} and {@code ?} matches. */
    public static List<Path> paths(String glob, String origin) {
        try {
            List<Path> paths = new ArrayList<>();
            new GlobFinder(glob)
                    .computeMatchingPaths()
                    .forEach(path -> paths.add(path.toAbsolutePath().normalize()));
            return paths;
        } catch (NoSuchFileException e) {
            return List.of(); // a folder in the middle of the glob does not exist
        } catch (IOException e) {
            throw new IllegalArgumentException(origin + ": cannot list " + glob + " (" + e.getMessage() + ")", e);
        }
    }
}
