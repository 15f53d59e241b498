package org.parsimony.notebook.magic.arguments;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.parsimony.base.Require;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;
import org.parsimony.network.Model;
import org.parsimony.notebook.display.NotebookProgress;
import org.parsimony.notebook.spi.Notebook;

/** Networks and data sets that a magic is given by name, file or expression. */
public record Networks(Notebook notebook) {

    /** The data set that a word means; null for null. */
    public Dataset dataset(String word) {
        if (word == null) {
            return null;
        }
        return Datasets.knows(word)
                ? Datasets.load(word, new NotebookProgress(notebook))
                : new Values(notebook)
                        .get("--dataset", word, Dataset.class, "one of " + String.join(", ", Datasets.names()));
    }

    /**
     * The network that a word means.
     *
     * @param argument its name, for messages
     * @param data that the network must fit and that a name's inputs and classes are those of; null for any file
     */
    public Model model(String argument, String word, Dataset data) {
        if (data != null && Architectures.known(word)) {
            return Architectures.resolve(word, data, 1);
        }
        if (isFile(word)) {
            return Model.read(Path.of(word));
        }
        Require.that(
                !Architectures.known(word),
                "%s is %s, whose inputs and classes are those of a data set; add --dataset NAME",
                argument,
                word);
        return new Values(notebook).get(argument, word, Model.class, "a network file");
    }

    /** Whether a word is the path of a file that is there. */
    public static boolean isFile(String word) {
        try {
            return Files.isRegularFile(Path.of(word));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
