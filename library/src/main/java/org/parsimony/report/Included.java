package org.parsimony.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parsimony.base.Require;
import org.parsimony.report.PageSections.Section;
import tech.tablesaw.api.Table;

/**
 * Tables that a page written by hand includes: what stands between {@code <!-- overview PAPER/EXPERIMENT -->} and {@code <!--
 * end -->} is the short overview of that experiment, and is written anew with the paper's results.
 */
final class Included {

    private static final Pattern BLOCK =
            Pattern.compile("(<!-- overview (\\S+)/(\\S+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);

    private Included() {}

    /**
     * The page with the tables of {@code paper} as its runs give them; empty if there is no page or it includes none.
     *
     * @throws IllegalArgumentException if it includes an experiment of the paper that has no runs
     */
    static Optional<String> in(Path page, String paper, List<Section> sections, Function<Table, String> markdown) {
        if (!Files.exists(page)) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(page, StandardCharsets.UTF_8);
            Matcher blocks = BLOCK.matcher(text);
            boolean any = false;
            StringBuilder filled = new StringBuilder();
            while (blocks.find()) {
                boolean own = blocks.group(2).equals(paper);
                any |= own;
                String block = own
                        ? blocks.group(1) + "\n" + table(page, blocks.group(3), sections, markdown) + "\n"
                                + blocks.group(4)
                        : blocks.group();
                blocks.appendReplacement(filled, Matcher.quoteReplacement(block));
            }
            blocks.appendTail(filled);
            return any ? Optional.of(filled.toString()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + page + ": " + e.getMessage(), e);
        }
    }

    private static String table(
            Path page, String experiment, List<Section> sections, Function<Table, String> markdown) {
        Optional<Section> section = sections.stream()
                .filter(one ->
                        one.experiment() != null && one.experiment().name().equals(experiment))
                .findFirst();
        Require.that(
                section.isPresent(),
                "%s includes the experiment %s, but it has no runs above tier smoke; run it, or take the block out",
                page.getFileName(),
                experiment);
        Section one = section.get();
        return one.dataset() + ", " + one.network() + ", tier " + one.tier() + "; means over seeds, differences to "
                + one.control() + " paired by seed, with 95 % intervals.\n\n"
                + markdown.apply(Overview.brief(one.runs(), one.control()));
    }
}
