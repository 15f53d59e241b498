package org.parsimony.data.own;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.parsimony.base.Require;
import org.parsimony.data.DataException;
import org.parsimony.data.Dataset;
import org.parsimony.data.Lineage;
import org.parsimony.data.NodeGraph;
import org.parsimony.data.format.Unpacked;

/** A folder with the files of {@link NodeGraph#FILES}, each plain or gzipped. */
final class OwnGraph {

    private OwnGraph() {}

    /** Whether {@code folder} holds nodes and edges. */
    static boolean isFolder(Path folder) {
        return file(folder, NodeGraph.FILES.get(1)) != null && file(folder, NodeGraph.FILES.get(2)) != null;
    }

    private static Path file(Path folder, String name) {
        for (String each : List.of(name, name + ".gz")) {
            if (Files.isRegularFile(folder.resolve(each))) {
                return folder.resolve(each);
            }
        }
        return null;
    }

    static Dataset read(OwnData.Choice choice) {
        Require.that(
                choice.shares().equals(Tables.Shares.USUAL),
                "%s is a graph, whose nodes.csv has the splits: leave out validation and test",
                choice.path());
        List<byte[]> contents = new ArrayList<>();
        Map<String, String> sha256 = new TreeMap<>();
        for (String name : NodeGraph.FILES) {
            Path file = file(choice.path(), name);
            if (file == null) {
                throw new DataException(
                        choice.path(), "has nodes and edges, but no " + name + " (plain or .gz); add it");
            }
            byte[] content = Unpacked.bytes(file);
            contents.add(content);
            sha256.put(name, HexFormat.of().formatHex(Unpacked.sha256().digest(content)));
        }
        String name = Require.fileName(choice.path());
        Lineage lineage = new Lineage(choice.path().toString(), "", sha256, List.of());
        return NodeGraph.decode(name, name, contents, null, lineage);
    }
}
