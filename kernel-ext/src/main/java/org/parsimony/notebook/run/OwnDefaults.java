package org.parsimony.notebook.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.parsimony.data.Dataset;
import org.parsimony.data.Datasets;
import org.parsimony.network.Architectures;

/**
 * What a notebook's defaults must become for data of a user's own: inputs and classes at the ends of a network's widths, and
 * no more samples than there are. The data are read, so that what is wrong with them is told before anything starts.
 */
public final class OwnDefaults {

    private static final String DATASET = "dataset";
    private static final String NETWORK = "network";
    private static final String SAMPLES = "samples";

    private OwnDefaults() {}

    /**
     * A notebook's parameters for its data set.
     *
     * @param parameters for the data
     * @param notes a sentence for each parameter that is no longer the notebook's own
     */
    public record Fitted(Parameters parameters, List<String> notes) {}

    /**
     * Fits parameters that were not set to the data set that was, where that is a path.
     *
     * @param given parameters with what was set
     * @param set names of those
     * @param folder that the notebook's own paths are relative to
     * @throws org.parsimony.data.DataException if the data cannot be used, with the place
     * @throws IllegalArgumentException if the notebook's network is no widths and cannot take the data
     */
    public static Fitted of(Parameters given, List<String> set, Path folder) {
        String path = set.contains(DATASET) ? text(given, DATASET).orElse("") : "";
        if (path.isEmpty() || Datasets.isRegistered(path) || !Datasets.knows(path)) {
            return new Fitted(given, List.of());
        }
        Dataset data = Datasets.load(path);
        Parameters fitted = given;
        List<String> notes = new ArrayList<>();
        Optional<String> network = set.contains(NETWORK) ? Optional.empty() : text(given, NETWORK);
        if (network.isPresent() && network.get().matches("\\d+(-\\d+)+")) {
            int[] widths = Architectures.widths(network.get());
            widths[0] = data.inputs();
            widths[widths.length - 1] = data.classes();
            fitted = changed(fitted, NETWORK, Architectures.text(widths), "the inputs and classes of the data", notes);
        } else if (network.isPresent()) {
            // said now, rather than by a cell; the notebook's own network stays if it fits
            try {
                Path file = folder.resolve(network.get());
                Architectures.resolve(Files.isRegularFile(file) ? file.toString() : network.get(), data, 1);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        e.getMessage() + "; give one of your own, or widths: -p network=" + data.inputs() + "-64-32-"
                                + data.classes(),
                        e);
            }
        }
        boolean asks = !set.contains(SAMPLES)
                && given.list().stream()
                        .anyMatch(parameter -> parameter.name().equals(SAMPLES)
                                && number(parameter) > data.train().size());
        return new Fitted(
                asks
                        ? changed(
                                fitted,
                                SAMPLES,
                                "0",
                                "all that there are, " + data.train().size(),
                                notes)
                        : fitted,
                List.copyOf(notes));
    }

    private static Parameters changed(
            Parameters parameters, String name, String value, String because, List<String> notes) {
        notes.add(name + " is " + value + ": " + because + "; -p " + name + "=… sets another");
        return parameters.with(name, value);
    }

    private static long number(Parameter parameter) {
        return Long.parseLong(parameter.value().replace("L", ""));
    }

    private static Optional<String> text(Parameters parameters, String name) {
        return parameters.list().stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(parameter -> parameter.value().replaceAll("^\"|\"$", ""))
                .findFirst();
    }
}
