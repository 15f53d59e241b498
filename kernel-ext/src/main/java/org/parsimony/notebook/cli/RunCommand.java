package org.parsimony.notebook.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.parsimony.base.Home;
import org.parsimony.base.Require;
import org.parsimony.experiment.Experiment;
import org.parsimony.experiment.Tier;
import org.parsimony.experiment.Workplace;
import org.parsimony.notebook.run.NotebookRunner;
import org.parsimony.notebook.run.OwnDefaults;
import org.parsimony.notebook.run.Parameters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run optinet}: executes a notebook headless and writes notebook, HTML and figures. */
@Command(
        name = "run",
        description = "Executes a paper's notebook headless; writes the executed notebook, its HTML and its figures.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @picocli.CommandLine.Parameters(
            paramLabel = "NOTEBOOK",
            description = "By paper (optinet), by name (01-optinet) or by file.")
    private String name;

    @Option(
            names = "--tier",
            defaultValue = "short",
            paramLabel = "TIER",
            description =
                    "smoke (seconds), short (minutes) or paper (the paper's own protocol); default ${DEFAULT-VALUE}.")
    private String tier;

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE",
            description =
                    "Sets a parameter of the notebook's parameters cell; repeatable. Beside -p network=FILE of weights "
                            + "alone, -p architecture=NAME says which network they are for.")
    private List<String> values = new ArrayList<>();

    private static final String ARCHITECTURE = "architecture";
    private static final String NETWORK = "network";

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write; default out/PAPER.")
    private Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path notebook = find(name);
        String paper = stem(notebook).replaceFirst("^[0-9]+-", "");
        Parameters parameters = Parameters.of(notebook).withTier(tier);
        Path cells = notebook.toAbsolutePath().getParent();
        List<String> set = new ArrayList<>();
        for (String value : joined(values, parameters)) {
            int equals = value.indexOf('=');
            Require.that(equals > 0, "-p is \"%s\", but must be NAME=VALUE, for example -p seeds=3", value);
            parameters = parameters.with(value.substring(0, equals), found(value.substring(equals + 1)));
            set.add(value.substring(0, equals));
        }
        OwnDefaults.Fitted fitted = OwnDefaults.of(parameters, set, cells);
        fitted.notes().forEach(spec.commandLine().getOut()::println);
        parameters = fitted.parameters();
        check(parameters);
        Path folder = out != null
                ? out.toAbsolutePath()
                : Home.checkout()
                        .orElse(Path.of("").toAbsolutePath())
                        .resolve("out")
                        .resolve(paper);
        Files.createDirectories(folder);
        Path executed = folder.resolve(notebook.getFileName());
        parameters.write(executed);
        Map<String, String> environment =
                Map.of("PARSIMONY_OUT", folder.toString(), "PARSIMONY_PARAMS", parameters.changesAsJson());
        boolean ran = new NotebookRunner().execute(executed, cells, environment);
        spec.commandLine().getOut().println((ran ? "wrote " : "stopped at an error; wrote ") + folder);
        return ran ? 0 : 1;
    }

    /** What no experiment of the paper can take is said before a kernel starts; the first cell would say it seconds later. */
    private void check(Parameters parameters) {
        if (parameters.paper().isEmpty()) {
            return;
        }
        Map<String, Object> values = parameters.values();
        Workplace here = Workplace.here();
        if (values.get(NETWORK) instanceof String network) {
            here = here.knowing(network);
            values.put(NETWORK, Workplace.named(network));
        }
        String paper = parameters.paper().get();
        for (String experiment : Experiment.names(paper)) {
            here.check(Experiment.of(paper, experiment, Tier.of(tier)).withKnown(values));
        }
    }

    /** {@code architecture=NAME}, unless the notebook has such a parameter, beside the file of weights that it is for. */
    private static List<String> joined(List<String> values, Parameters parameters) {
        boolean own = parameters.list().stream()
                .anyMatch(parameter -> parameter.name().equals(ARCHITECTURE));
        String named = values.stream()
                .filter(value -> value.startsWith(ARCHITECTURE + "="))
                .findFirst()
                .orElse(null);
        boolean weights = values.stream().anyMatch(value -> value.startsWith(NETWORK + "="));
        if (own || named == null || !weights) {
            return values;
        }
        return values.stream()
                .filter(value -> !value.equals(named))
                .map(value -> value.startsWith(NETWORK + "=") ? value + ":" + named : value)
                .toList();
    }

    /**
     * A file of this folder, which the cells do not run in, by its absolute path, with what is said of it after colons; any
     * other value as it is.
     */
    private static String found(String value) {
        try {
            String options = value.replaceFirst("^.*?((:\\w+=[^:]*)*)$", "$1");
            Path file = Path.of(value.substring(0, value.length() - options.length()));
            boolean named = Files.isRegularFile(file) || file.getNameCount() > 1 && Files.exists(file);
            return named ? file.toAbsolutePath() + options : value;
        } catch (InvalidPathException e) {
            return value;
        }
    }

    private static Path find(String name) throws IOException {
        if (name.endsWith(".ipynb")) {
            if (!Files.isRegularFile(Path.of(name))) {
                throw new IllegalArgumentException("there is no notebook " + name);
            }
            return Path.of(name);
        }
        Path folder = Home.checkout()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the notebooks are part of a checkout of the project; run this there, or name a file"))
                .resolve("notebooks");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
            return all.stream()
                    .filter(file -> stem(file).equals(name)
                            || stem(file).replaceFirst("^[0-9]+-", "").equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no notebook \"" + name + "\"; there are "
                            + String.join(
                                    ", ", all.stream().map(RunCommand::stem).toList())));
        }
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.ipynb$", "");
    }
}
