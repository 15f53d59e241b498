package org.parsimony.base;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where this project's folders lie on this machine. */
public final class Home {

    private Home() {}

    /**
     * The checkout that the program runs in or from: the nearest folder above the working directory, or else above the
     * library's own classes, that holds {@code data/registry.json}; or the one that the system property {@code
     * parsimony.home} names.
     */
    public static Optional<Path> checkout() {
        String named = System.getProperty("parsimony.home");
        if (named != null) {
            return Optional.of(Path.of(named).toAbsolutePath());
        }
        List<Path> starts = new ArrayList<>(List.of(Path.of("").toAbsolutePath()));
        try {
            var code = Home.class.getProtectionDomain().getCodeSource();
            if (code != null) {
                starts.add(Path.of(code.getLocation().toURI()));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IllegalStateException("the library does not know where its own classes lie", e);
        }
        for (Path start : starts) {
            for (Path folder = start; folder != null; folder = folder.getParent()) {
                if (Files.exists(folder.resolve("data").resolve("registry.json"))) {
                    return Optional.of(folder);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The run store: the file that the environment variable {@code PARSIMONY_RUNS} names, or {@code out/runs.sqlite} in
     * a checkout, or {@code ~/.local/share/parsimony/runs.sqlite}.
     */
    public static Path runs() {
        String named = System.getenv("PARSIMONY_RUNS");
        if (named != null && !named.isBlank()) {
            return Path.of(named).toAbsolutePath();
        }
        return checkout()
                .map(root -> root.resolve("out"))
                .orElse(Path.of(System.getProperty("user.home"), ".local", "share", "parsimony"))
                .resolve("runs.sqlite");
    }

    /** The names of the folders in {@code papers/}. */
    public static List<String> papers() {
        String[] names = papersFolder()
                .toFile()
                .list((parent, child) -> Files.isDirectory(parent.toPath().resolve(child)));
        return names == null ? List.of() : Arrays.stream(names).sorted().toList();
    }

    /**
     * The folder of a paper.
     *
     * @throws IllegalArgumentException if there is no such folder; the message lists those there are
     */
    public static Path paper(String name) {
        if (!papers().contains(name)) {
            throw new IllegalArgumentException("there is no paper \"" + name + "\"; there are " + papers());
        }
        return papersFolder().resolve(name);
    }

    private static Path papersFolder() {
        return checkout()
                .orElseThrow(() -> new IllegalArgumentException(
                        "papers are part of a checkout of the project; run this from inside one"))
                .resolve("papers");
    }
}
