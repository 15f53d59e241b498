package org.parsimony.notebook.install;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where Jupyter looks for kernels, by its own rules ({@code jupyter --paths}). */
public final class JupyterFolders {

    private JupyterFolders() {}

    /** The user's data folder. */
    public static Path user(Map<String, String> environment) {
        String own = environment.getOrDefault("JUPYTER_DATA_DIR", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        Path home = Path.of(System.getProperty("user.home"));
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return home.resolve("Library").resolve("Jupyter");
        }
        if (system.contains("windows")) {
            String roaming = environment.getOrDefault("APPDATA", "");
            return (roaming.isEmpty() ? home.resolve("AppData").resolve("Roaming") : Path.of(roaming))
                    .resolve("jupyter");
        }
        String share = environment.getOrDefault("XDG_DATA_HOME", "");
        return (share.isEmpty() ? home.resolve(".local").resolve("share") : Path.of(share)).resolve("jupyter");
    }

    /**
     * The data folder of the active Python environment.
     *
     * @throws IllegalStateException if none is active
     */
    static Path environment(Map<String, String> environment) {
        for (String variable : new String[] {"VIRTUAL_ENV", "CONDA_PREFIX"}) {
            if (!environment.getOrDefault(variable, "").isEmpty()) {
                return under(Path.of(environment.get(variable)));
            }
        }
        throw new IllegalStateException("--sys-prefix needs an active environment, but neither VIRTUAL_ENV nor"
                + " CONDA_PREFIX is set; use --prefix DIR, with what python3 prints for sys.prefix");
    }

    /** The data folder of an installation prefix. */
    static Path under(Path prefix) {
        return prefix.resolve("share").resolve("jupyter");
    }
}
