package org.parsimony.notebook.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The programs that tests of pages start. */
final class Programs {

    private Programs() {}

    /** The first of these that the PATH has. */
    static Optional<String> find(String... names) {
        for (String name : names) {
            for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
                Path file = Path.of(folder, name);
                if (Files.isExecutable(file)) {
                    return Optional.of(file.toString());
                }
            }
        }
        return Optional.empty();
    }

    /** {@link #find}; a test that lacks it fails and says what it needs. */
    static String require(String... names) {
        return find(names)
                .orElseThrow(() -> new IllegalStateException(
                        "this test needs " + names[0] + "; ./parsimony test installs it, or install it by hand"));
    }
}
