package org.parsimony.notebook.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The cells that were run, in this session and in those before it: what the arrow keys of a console bring back.
 *
 * <p>A file of JSON lines keeps the last of them, {@code parsimony/history.jsonl} in Jupyter's data folder; {@code
 * PARSIMONY_HISTORY} names another file, or is {@code off} to keep none.
 */
final class History {

    /** Cells that a session keeps in memory and takes over from the file. */
    private static final int MOST = 2000;
    /** Above this size, in bytes, the file is cut to the last {@link #MOST} cells. */
    private static final long MOST_BYTES = 4_000_000;

    private static final Gson GSON = new Gson();

    /**
     * A cell that was run.
     *
     * @param session when its session began, in seconds since 1970
     * @param line its number in the session
     * @param input its source
     * @param output the plain text of its result, or null
     */
    record Entry(long session, int line, String input, String output) {}

    private final Path file;
    private final long session = Instant.now().getEpochSecond();
    private List<Entry> entries;

    /** @param file where it is kept, or null to keep it in memory only */
    History(Path file) {
        this.file = file;
    }

    /**
     * The history that the environment asks for.
     *
     * @param data Jupyter's data folder
     */
    static History of(Map<String, String> environment, Path data) {
        String wish = environment.getOrDefault("PARSIMONY_HISTORY", "");
        if (wish.equals("off")) {
            return new History(null);
        }
        return new History(wish.isEmpty() ? data.resolve("parsimony").resolve("history.jsonl") : Path.of(wish));
    }

    /** Adds a cell; a file that cannot be written is no reason to refuse it. */
    synchronized void add(int line, String input, String output) {
        Entry entry = new Entry(session, line, input, output);
        entries().add(entry);
        if (file == null) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, GSON.toJson(entry) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // a home that cannot be written to: the session remembers
        }
    }

    private List<Entry> entries() {
        if (entries == null) {
            entries = read();
        }
        return entries;
    }

    private List<Entry> read() {
        List<Entry> read = new ArrayList<>();
        if (file == null || !Files.isRegularFile(file)) {
            return read;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            List<String> kept = lines.subList(Math.max(0, lines.size() - MOST), lines.size());
            for (String line : kept) {
                try {
                    Entry entry = GSON.fromJson(line, Entry.class);
                    if (entry != null && entry.input != null) {
                        read.add(entry);
                    }
                } catch (JsonSyntaxException e) {
                    // a line that a full disk or a kill cut short
                }
            }
            if (Files.size(file) > MOST_BYTES) {
                Path part = file.resolveSibling(
                        file.getFileName() + "." + ProcessHandle.current().pid());
                Files.write(part, kept);
                Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            // then there is no past
        }
        return read;
    }

    /** The last {@code n}. */
    synchronized JsonArray tail(int n, boolean output) {
        List<Entry> all = entries();
        return json(all.subList(Math.max(0, all.size() - Math.max(0, n)), all.size()), output);
    }

    /**
     * Cells of one session by their numbers.
     *
     * @param of the session; zero for this one, below zero for one before
     * @param start the first number
     * @param stop the number after the last; zero or less for no end
     */
    synchronized JsonArray range(long of, int start, int stop, boolean output) {
        List<Long> sessions = entries().stream()
                .map(Entry::session)
                .filter(each -> each != session)
                .distinct()
                .sorted()
                .toList();
        int before = (int) Math.max(-Integer.MAX_VALUE, of);
        long wanted = of > 0
                ? of
                : of == 0 ? session : sessions.size() + before < 0 ? -1 : sessions.get(sessions.size() + before);
        return json(
                entries().stream()
                        .filter(entry ->
                                entry.session == wanted && entry.line >= start && (stop <= 0 || entry.line < stop))
                        .toList(),
                output);
    }

    /**
     * The last {@code n} whose source matches.
     *
     * @param glob a pattern with {@code *} and {@code ?} for the whole source
     * @param n how many; zero or less for all
     * @param unique whether of equal sources only the last counts
     */
    synchronized JsonArray search(String glob, int n, boolean unique, boolean output) {
        Pattern pattern = pattern(glob == null ? "*" : glob);
        List<Entry> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<Entry> all = entries();
        for (int i = all.size() - 1; i >= 0 && (n <= 0 || found.size() < n); i--) {
            Entry entry = all.get(i);
            if (pattern.matcher(entry.input).matches() && (!unique || seen.add(entry.input))) {
                found.add(0, entry);
            }
        }
        return json(found, output);
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static JsonArray json(List<Entry> entries, boolean output) {
        JsonArray history = new JsonArray();
        for (Entry entry : entries) {
            JsonArray item = new JsonArray();
            item.add(entry.session);
            item.add(entry.line);
            if (output) {
                JsonArray both = new JsonArray();
                both.add(entry.input);
                both.add(entry.output);
                item.add(both);
            } else {
                item.add(entry.input);
            }
            history.add(item);
        }
        return history;
    }
}
