package org.parsimony.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set's files where they lie now.
 *
 * @param folder the folder they lie in
 * @param files by the registry's file name, the file, plain or gzipped
 */
record Located(Sources.Folder folder, Map<String, Path> files) {

    /**
     * The data set in the first of the sources that has it, the network aside.
     *
     * @throws DataException if one of the folders holds some of the files, but not all
     */
    static Optional<Located> find(Registry.Entry entry, Sources sources) {
        List<Sources.Folder> folders = new ArrayList<>();
        sources.folders().forEach(folder -> folders.add(folder.resolve(entry.name())));
        entry.places().forEach(place -> folders.add(new Sources.Folder(Path.of(place))));
        for (Sources.Folder folder : folders) {
            Map<String, Path> files = in(folder, entry);
            if (files.size() == entry.files().size()) {
                return Optional.of(new Located(folder, files));
            }
            if (!files.isEmpty()) {
                throw new DataException(
                        folder,
                        "holds " + files.size() + " of the " + entry.files().size() + " files of " + entry.name()
                                + "; missing is " + missing(entry, files)
                                + " (plain or .gz); add it, or take the others away");
            }
        }
        Sources.Folder cached = sources.cache().resolve(entry.name());
        Map<String, Path> files = in(cached, entry);
        return files.size() == entry.files().size() ? Optional.of(new Located(cached, files)) : Optional.empty();
    }

    private static Map<String, Path> in(Sources.Folder folder, Registry.Entry entry) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Registry.Item item : entry.files()) {
            for (String name : List.of(item.name(), item.name() + ".gz")) {
                if (Files.exists(folder.path().resolve(name))) {
                    files.putIfAbsent(item.name(), folder.path().resolve(name));
                }
            }
        }
        return files;
    }

    private static String missing(Registry.Entry entry, Map<String, Path> files) {
        return String.join(
                ", ",
                entry.files().stream()
                        .map(Registry.Item::name)
                        .filter(name -> !files.containsKey(name))
                        .toList());
    }
}
