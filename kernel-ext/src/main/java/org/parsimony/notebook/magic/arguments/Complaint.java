package org.parsimony.notebook.magic.arguments;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What picocli complains about, in one sentence: the option, its value, and what it must be. */
final class Complaint {

    private Complaint() {}

    static String of(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgSpec first = missing.getMissing().get(0);
            return label(first) + " is missing; it must be " + wanted(first);
        }
        if (e.getArgSpec() == null || e.getValue() == null) {
            return e.getMessage().replaceFirst("^Error: ", "");
        }
        return label(e.getArgSpec()) + " is " + e.getValue() + ", but must be " + wanted(e.getArgSpec());
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String word = e.getUnmatched().get(0);
        boolean option = word.startsWith("-");
        List<String> near = option ? e.getSuggestions() : List.of();
        return (option ? "there is no option " : "there is no place for ")
                + word
                + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** The kind of value and its description, which tells the range. */
    private static String wanted(ArgSpec argument) {
        if (argument.completionCandidates() != null) {
            return kind(argument);
        }
        String described = String.join(" ", argument.description()).strip();
        return kind(argument) + (described.isEmpty() ? "" : " (" + described.replaceFirst("\\.$", "") + ")");
    }

    private static String kind(ArgSpec argument) {
        Class<?> type = argument.type();
        if (argument.completionCandidates() != null) {
            StringJoiner names = new StringJoiner(", ");
            StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                    .forEach(names::add);
            return "one of " + names;
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == float.class || type == Double.class) {
            return "a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return "a value";
    }
}
