package org.parsimony.network;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Networks trained elsewhere, where the folder that {@code PARSIMONY_DATA} names has them. */
public final class SharedNetworks {

    private SharedNetworks() {}

    /** The file of this name in its folder {@code models}. */
    public static Optional<Path> file(String name) {
        String folder = System.getenv("PARSIMONY_DATA");
        return Optional.ofNullable(folder)
                .map(Path::of)
                .map(path -> path.resolve("models").resolve(name))
                .filter(Files::exists);
    }
}
