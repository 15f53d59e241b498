package org.parsimony.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.parsimony.base.Home;

/**
 * Where data sets may come from, in this order: folders that each hold one folder a data set (files plain or gzipped),
 * the places of the operating system's packages, the cache, and the public address, from which the cache is filled.
 *
 * @param folders in order; the first that has the data set is used; a data set that is there only in part is an error
 * @param cache folder that downloads are kept in; made when it is first needed
 * @param download whether the public address may be asked
 */
public record Sources(List<Folder> folders, Folder cache, boolean download) {

    /**
     * A folder under the name that a reader of a result knows it by, which is the same on every machine.
     *
     * @param name for example {@code "data"}
     * @param path where it lies on this machine
     */
    public record Folder(String name, Path path) {

        /** A folder known by its path. */
        public Folder(Path path) {
            this(path.toString(), path);
        }

        /** The folder {@code child} in this one. */
        Folder resolve(String child) {
            return new Folder(name + "/" + child, path.resolve(child));
        }

        @Override
        public String toString() {
            return name.equals(path.toString()) ? name : name + " (" + path + ")";
        }
    }

    public Sources {
        folders = List.copyOf(folders);
    }

    /**
     * The {@code data/} folder of the checkout that the program runs in or from, the folder that the environment
     * variable {@code PARSIMONY_DATA} names, and as cache {@code data/cache} in a checkout, {@code ~/.cache/parsimony}
     * elsewhere.
     *
     * @throws IllegalArgumentException if {@code PARSIMONY_DATA} names no folder
     */
    public static Sources standard() {
        List<Folder> folders = new ArrayList<>();
        Optional<Folder> checkout = Home.checkout().map(root -> new Folder("data", root.resolve("data")));
        checkout.ifPresent(folders::add);
        String named = System.getenv("PARSIMONY_DATA");
        if (named != null && !named.isBlank()) {
            if (!Files.isDirectory(Path.of(named))) {
                throw new IllegalArgumentException(
                        "PARSIMONY_DATA is \"" + named + "\", but must name a folder; correct or unset it");
            }
            folders.add(new Folder("PARSIMONY_DATA", Path.of(named)));
        }
        Folder cache = checkout.map(data -> data.resolve("cache"))
                .orElseGet(() -> new Folder(
                        "~/.cache/parsimony", Path.of(System.getProperty("user.home"), ".cache", "parsimony")));
        return new Sources(folders, cache, true);
    }

    /** These sources with nothing asked of the network. */
    public Sources offline() {
        return new Sources(folders, cache, false);
    }
}
