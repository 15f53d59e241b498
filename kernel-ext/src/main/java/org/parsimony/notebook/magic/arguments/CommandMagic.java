package org.parsimony.notebook.magic.arguments;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.Notebook;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * A magic whose arguments picocli reads into the fields of the subclass.
 *
 * <p>{@code {expression}} in an argument is replaced by the value of that Java expression, {@code {{} and {@code }}} by a
 * brace; {@code --help} prints the usage; Tab completes options, their values, and positional arguments.
 */
@CommandLine.Command
public abstract class CommandMagic implements Magic {

    private static final String HELP = "--help";

    /** The running notebook. */
    protected final Notebook notebook;

    private final String name;
    private final String summary;
    private final Class<?> resultType;
    private CommandLine line;

    /**
     * @param notebook the running one
     * @param name the word after the percent sign
     * @param resultType of the value that {@link #call} gives
     * @param summary one line for {@code %help}, without a full stop
     */
    protected CommandMagic(Notebook notebook, String name, Class<?> resultType, String summary) {
        this.notebook = notebook;
        this.name = name;
        this.resultType = resultType;
        this.summary = summary;
    }

    /**
     * Runs the magic, its fields set from the arguments.
     *
     * @param given what was written and what was left to its default
     * @param body the lines below {@code %%name}, or null
     */
    protected abstract Object call(ParseResult given, String body) throws Exception;

    /** Adds options that are no fields of the subclass. */
    protected void extend(CommandSpec spec) {}

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String summary() {
        return summary;
    }

    @Override
    public final Class<?> resultType() {
        return resultType;
    }

    @Override
    public final Object run(List<String> arguments, String body) throws Exception {
        if (arguments.contains(HELP)) {
            System.out.print(usage());
            return null;
        }
        List<String> words = new Interpolation(notebook).of(arguments);
        ParseResult given;
        try {
            given = line().parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new IllegalArgumentException(Complaint.of(e) + "; %" + name + " --help tells all options");
        }
        if (given.isUsageHelpRequested()) { // --help=x is a request too, for which picocli asks for no other option
            System.out.print(usage());
            return null;
        }
        return call(given, body);
    }

    /** What {@code --help} prints. */
    public final String usage() {
        StringWriter text = new StringWriter();
        line().usage(new PrintWriter(text), CommandLine.Help.Ansi.OFF);
        return text.toString();
    }

    @Override
    public final List<String> complete(List<String> arguments, String prefix) {
        CommandSpec spec = line().getCommandSpec();
        int equals = prefix.startsWith("--") ? prefix.indexOf('=') : -1;
        if (equals > 0) {
            String option = prefix.substring(0, equals);
            return candidates(spec.findOption(option), prefix.substring(equals + 1)).stream()
                    .map(value -> option + "=" + value)
                    .toList();
        }
        OptionSpec open = arguments.isEmpty() ? null : spec.findOption(arguments.get(arguments.size() - 1));
        if (open != null && open.arity().min() > 0) {
            return candidates(open, prefix);
        }
        List<String> found = new ArrayList<>();
        if (!prefix.startsWith("-")) {
            PositionalParamSpec next = positional(spec, arguments);
            found.addAll(candidates(next, prefix));
            // as it is written in a recipe's line, without the dashes
            if (found.isEmpty() && !prefix.isEmpty()) {
                int value = prefix.indexOf('=') < 0 ? prefix.length() : prefix.indexOf('=');
                return complete(arguments, OptionsRecord.option(prefix.substring(0, value)) + prefix.substring(value));
            }
        }
        if (prefix.isEmpty() || prefix.startsWith("-")) {
            spec.options().stream()
                    .filter(option ->
                            option.isMultiValue() || arguments.stream().noneMatch(List.of(option.names())::contains))
                    .map(OptionSpec::longestName)
                    .filter(option -> option.startsWith(prefix))
                    .forEach(found::add);
        }
        return found;
    }

    /** The positional parameter that comes next after {@code arguments}, or null. */
    private static PositionalParamSpec positional(CommandSpec spec, List<String> arguments) {
        int taken = 0;
        for (int i = 0; i < arguments.size(); i++) {
            OptionSpec option = spec.findOption(arguments.get(i));
            if (option != null) {
                i += option.arity().min();
            } else if (!arguments.get(i).startsWith("-")) {
                taken++;
            }
        }
        int index = taken;
        return spec.positionalParameters().stream()
                .filter(parameter -> parameter.index().contains(index))
                .findFirst()
                .orElse(null);
    }

    private static List<String> candidates(ArgSpec argument, String prefix) {
        if (argument == null) {
            return List.of();
        }
        Iterable<String> all = argument.completionCandidates();
        if (all == null) {
            return argument.type() == boolean.class || argument.type() == Boolean.class
                    ? starting(List.of("true", "false"), prefix)
                    : List.of();
        }
        return starting(all, prefix);
    }

    private static List<String> starting(Iterable<String> all, String prefix) {
        String start = prefix.toLowerCase(Locale.ROOT);
        return StreamSupport.stream(all.spliterator(), false)
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(start))
                .toList();
    }

    /** Made on first use: picocli need not be loaded while the kernel starts. */
    private synchronized CommandLine line() {
        if (line == null) {
            CommandSpec spec = CommandSpec.forAnnotatedObject(this).name("%" + name);
            spec.usageMessage()
                    .description(sentence(summary))
                    .sortOptions(false)
                    .width(100);
            extend(spec);
            spec.addOption(OptionSpec.builder(HELP)
                    .usageHelp(true)
                    .description("print this")
                    .build());
            line = new CommandLine(spec).setCaseInsensitiveEnumValuesAllowed(true);
        }
        return line;
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
