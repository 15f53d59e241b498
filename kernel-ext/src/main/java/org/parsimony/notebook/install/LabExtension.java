package org.parsimony.notebook.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The colours of magics in JupyterLab 4 and Notebook 7: a folder that these look for beside the kernels. A kernel alone can
 * name a language to them, but not bring one. Classic Notebook 6 reads no such folder.
 */
final class LabExtension {

    private static final String NAME = "parsimony-magics";

    private final Path folder;

    /** @param data Jupyter's folder of data, which holds the kernels */
    LabExtension(Path data) {
        folder = data.resolve("labextensions").resolve(NAME);
    }

    /** Writes the folder anew. */
    void write() throws IOException {
        remove();
        Files.createDirectories(folder.resolve("static"));
        Resources.copy("lab/package.json", folder.resolve("package.json"));
        Resources.copy("lab/magics.js", folder.resolve("static").resolve("magics.js"));
    }

    /** Removes the folder; false if there was none. */
    boolean remove() throws IOException {
        return Resources.remove(folder);
    }
}
