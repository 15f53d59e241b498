package org.parsimony.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The past comes back by its end, by numbers and by pattern, and outlives the session that made it. */
class History_AccessTest {

    @TempDir
    Path folder;

    private static List<String> inputs(JsonArray history) {
        return StreamSupport.stream(history.spliterator(), false)
                .map(item -> item.getAsJsonArray().get(2).getAsString())
                .toList();
    }

    private History filled(Path file) {
        History history = new History(file);
        history.add(1, "int a = 1;", null);
        history.add(2, "a + 1", "2");
        history.add(3, "a + 1", "2");
        history.add(4, "b\n*", null);
        return history;
    }

    @Test
    void tailRangeAndSearch() {
        History history = filled(null);
        assertEquals(List.of("a + 1", "b\n*"), inputs(history.tail(2, false)));
        assertEquals(4, history.tail(100, false).size());
        assertEquals(0, history.tail(0, false).size());
        assertEquals(List.of("a + 1", "a + 1"), inputs(history.range(0, 2, 4, false)));
        assertEquals(List.of("b\n*"), inputs(history.range(0, 4, 0, false)));
        assertEquals(0, history.range(-1, 1, 9, false).size());
        assertEquals(List.of("a + 1", "a + 1"), inputs(history.search("a ?*", 0, false, false)));
        assertEquals(List.of("a + 1"), inputs(history.search("a*", 0, true, false)));
        assertEquals(List.of("b\n*"), inputs(history.search("*", 1, false, false)));
        assertEquals(List.of(), inputs(history.search("(", 0, false, false)));
        JsonArray both = history.tail(3, true).get(0).getAsJsonArray().get(2).getAsJsonArray();
        assertEquals("a + 1", both.get(0).getAsString());
        assertEquals("2", both.get(1).getAsString());
    }

    @Test
    void aLaterSessionHasThePastAlsoOfAFileThatWasCut() throws IOException {
        Path file = folder.resolve("deep").resolve("history.jsonl");
        filled(file);
        Files.writeString(file, "{\"session\": 3, \"li", StandardOpenOption.APPEND);
        History later = new History(file);
        assertEquals(List.of("a + 1", "b\n*"), inputs(later.tail(2, false)));
    }

    @Test
    void aFileThatCannotBeWrittenIsNoFault() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        assertEquals(4, filled(file.resolve("history.jsonl")).tail(10, false).size());
    }

    @Test
    void theEnvironmentNamesItsPlace() throws IOException {
        History.of(Map.of("PARSIMONY_HISTORY", folder.resolve("own").toString()), folder)
                .add(1, "x", null);
        assertTrue(Files.readString(folder.resolve("own")).contains("\"x\""));
        History.of(Map.of("PARSIMONY_HISTORY", "off"), folder).add(1, "x", null);
        assertFalse(Files.exists(folder.resolve("parsimony")));
        History.of(Map.of(), folder).add(1, "x", null);
        assertTrue(Files.exists(folder.resolve("parsimony/history.jsonl")));
    }
}
