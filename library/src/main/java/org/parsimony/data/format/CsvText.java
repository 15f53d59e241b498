package org.parsimony.data.format;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvFormat;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.parsimony.data.DataException;

/**
 * The bytes of a table of separated values as lines of fields, taken apart by the parser that Tablesaw brings
 * (univocity). UTF-8, or UTF-16 with its mark; lines end with LF, CRLF or CR; the separator is the tab, comma, semicolon
 * or bar that divides the first two lines alike, or what Excel's line {@code sep=;} says. Internal to the rooms of
 * {@code data}.
 */
public final class CsvText {

    /** One line as its fields and the number it has in the file; a field may hold line ends in quotation marks. */
    public record Line(int number, List<String> fields) {}

    /** In the order in which they are believed. */
    private static final String SEPARATORS = "\t,;|";

    private static final char QUOTE = '"';
    /** Follows the text, so that a quotation mark that is never closed swallows it. */
    private static final String END = "end";

    private static final int BUFFER = 1 << 13;

    private CsvText() {}

    /** The lines that are not blank. */
    public static List<Line> lines(Object file, byte[] content) {
        return lines(file, content, Integer.MAX_VALUE);
    }

    /** The fields of the first line that is not blank behind so many; none if there is no line. */
    public static List<String> fields(Object file, byte[] content, int skip) {
        List<Line> lines = lines(file, content, Math.addExact(skip, 1));
        return lines.size() <= skip ? List.of() : lines.get(skip).fields;
    }

    private static List<Line> lines(Object file, byte[] content, int most) {
        String text = decoded(file, content);
        if (text.indexOf('\r') >= 0) {
            text = text.replace("\r\n", "\n").replace('\r', '\n');
        }
        boolean stated = text.startsWith("sep=") && text.indexOf('\n') == 5 && SEPARATORS.indexOf(text.charAt(4)) >= 0;
        char separator = stated ? text.charAt(4) : separator(text);
        return lines(file, stated ? text.substring(6) : text, stated ? 2 : 1, separator, most);
    }

    private static List<Line> lines(Object file, String text, int first, char separator, int most) {
        CsvParser parser = new CsvParser(settings(separator, text));
        List<Line> lines = new ArrayList<>();
        Line last = new Line(first, List.of());
        int end = first;
        try {
            parser.beginParsing(new StringReader(text + "\n" + END));
            for (String[] fields = parser.parseNext(); fields != null; fields = parser.parseNext()) {
                // one behind, since the last is not of the file
                if (!isBlank(last)) {
                    lines.add(last);
                }
                if (lines.size() == most) {
                    parser.stopParsing();
                    return lines;
                }
                last = new Line(end, List.of(fields));
                end = (int) parser.getContext().currentLine() + first;
            }
        } catch (TextParsingException e) {
            throw new DataException(
                    file,
                    "line " + end
                            + " has a quotation mark within a quoted field; write it twice there (\"\"), or quote "
                            + "the field as a whole",
                    e);
        }
        if (!last.fields.equals(List.of(END))) {
            throw new DataException(
                    file,
                    "a quotation mark opened in line " + last.number + " is never closed; close it or take it away");
        }
        return lines;
    }

    private static boolean isBlank(Line line) {
        return line.fields.isEmpty()
                || line.fields.size() == 1 && line.fields.get(0).isBlank();
    }

    private static CsvParserSettings settings(char separator, String text) {
        CsvParserSettings settings = new CsvParserSettings();
        CsvFormat format = settings.getFormat();
        format.setDelimiter(separator);
        format.setLineSeparator("\n");
        format.setNormalizedNewline('\n');
        format.setQuote(QUOTE);
        format.setQuoteEscape(QUOTE);
        settings.setCommentProcessingEnabled(false);
        settings.setSkipEmptyLines(false); // so that lines can be counted
        settings.setNullValue("");
        settings.setEmptyValue("");
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(
                2 + (int) text.chars().filter(c -> c == separator).count());
        settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.RAISE_ERROR);
        settings.setReadInputOnSeparateThread(false);
        settings.setInputBufferSize(Math.min(BUFFER, text.length() + END.length() + 1));
        return settings;
    }

    private static String decoded(Object file, byte[] content) {
        boolean little = content.length >= 2 && content[0] == (byte) 0xff && content[1] == (byte) 0xfe;
        boolean big = content.length >= 2 && content[0] == (byte) 0xfe && content[1] == (byte) 0xff;
        Charset set = little ? StandardCharsets.UTF_16LE : big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
        ByteBuffer in = ByteBuffer.wrap(content);
        CharBuffer out = CharBuffer.allocate(content.length);
        CoderResult result =
                set.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new DataException(
                    file,
                    String.format(
                            "line %d has byte %02x at byte %d of the file, which is no %s text; save the table as UTF-8",
                            1 + text.chars().filter(c -> c == '\n').count(),
                            in.get(in.position()),
                            in.position(),
                            set));
        }
        if (text.indexOf('\0') >= 0) {
            throw new DataException(
                    file,
                    "holds the character 0 in line "
                            + (1
                                    + text.substring(0, text.indexOf('\0'))
                                            .chars()
                                            .filter(c -> c == '\n')
                                            .count())
                            + ", as UTF-16 without its mark or no text at all does; save the table as UTF-8");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Of the separators in the first line, that which stands in the second as often; else the first of them. */
    private static char separator(String text) {
        int from = 0;
        while (from < text.length() && Character.isWhitespace(text.charAt(from)) && text.charAt(from) != '\t') {
            from++;
        }
        int end = end(text, from);
        int[] header = counts(text, from, end);
        int[] line = counts(text, Math.min(text.length(), end + 1), end(text, Math.min(text.length(), end + 1)));
        int best = -1;
        for (int s = 0; s < header.length; s++) {
            boolean alike = header[s] > 0 && header[s] == line[s];
            if (header[s] > 0 && (best < 0 || alike && header[best] != line[best])) {
                best = s;
            }
        }
        return best < 0 ? ',' : SEPARATORS.charAt(best);
    }

    /** Where the line that begins at {@code from} ends: at the next line end outside quotation marks. */
    private static int end(String text, int from) {
        boolean quoted = false;
        int at = from;
        while (at < text.length() && (quoted || text.charAt(at) != '\n')) {
            quoted ^= text.charAt(at++) == QUOTE;
        }
        return at;
    }

    private static int[] counts(String text, int from, int end) {
        int[] counts = new int[SEPARATORS.length()];
        boolean quoted = false;
        for (int i = from; i < end; i++) {
            quoted ^= text.charAt(i) == QUOTE;
            int separator = quoted ? -1 : SEPARATORS.indexOf(text.charAt(i));
            if (separator >= 0) {
                counts[separator]++;
            }
        }
        return counts;
    }
}
