package org.parsimony.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.notebook.kernel.KernelProcess.Execution;

/**
 * What other kernels were publicly reported to get wrong on the wire. Places in text with characters beyond 16 bits: jjava
 * #126, IJulia #541, deno #35098, jupyter_client #259, jupyterlab #9524, #13961, notebook #2509, hydrogen #807, cloud #207;
 * names beyond ASCII: kotlin-jupyter #373. Magics: beakerx #5758, #5794; pick #19. Output from many threads: almond #549,
 * #1061. An error's reply: beakerx #5427. The end: IJava #1, beakerx #2010.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class Kernel_ReportsTest {

    @TempDir
    static Path folder;

    static KernelProcess kernel;

    @BeforeAll
    static void start() throws IOException {
        kernel = new KernelProcess(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    private static JsonObject completion(String code) {
        return kernel.ask("complete_request", "code", code, "cursor_pos", code.codePointCount(0, code.length()));
    }

    /** jjava #126 and its like: Jupyter counts characters, Java counts units of 16 bits. */
    @Test
    @Order(1)
    void placesAreCountedInCharacters() {
        for (String before : List.of("", "// 😀😀😀\n", "String s = \"𝐚𝐚𝐚𝐚𝐚\";\n", "/* 서울 */ ")) {
            String code = before + "Math.absEx";
            JsonObject reply = completion(code);
            assertEquals("[\"absExact(\"]", reply.getAsJsonArray("matches").toString(), before);
            int end = code.codePointCount(0, code.length());
            assertEquals(end, reply.get("cursor_end").getAsInt(), before);
            assertEquals(end - "absEx".length(), reply.get("cursor_start").getAsInt(), before);
            JsonObject help =
                    kernel.ask("inspect_request", "code", code + "act(1)", "cursor_pos", end, "detail_level", 0);
            assertTrue(help.get("found").getAsBoolean(), before);
        }
    }

    /** deno #35098: a cursor at the very beginning is not one at the end. */
    @Test
    @Order(2)
    void theFirstPlaceIsAPlace() {
        JsonObject reply = kernel.ask("complete_request", "code", "Math.abs(1)", "cursor_pos", 0);
        assertEquals(0, reply.get("cursor_end").getAsInt());
    }

    /** kotlin-jupyter #373. */
    @Test
    @Order(3)
    void namesBeyondAsciiAreCompleted() {
        kernel.execute("int größe = 3; int количество = 4; int 数量 = 5;");
        assertTrue(completion("grö").getAsJsonArray("matches").toString().contains("größe"));
        assertTrue(completion("колич").getAsJsonArray("matches").toString().contains("количество"));
        assertEquals("12", kernel.execute("größe + количество + 数量").result());
    }

    /** beakerx #5758: blanks part words, however many. */
    @Test
    @Order(4)
    void blanksInMagicsAreNothing() {
        assertEquals("7 units", kernel.execute("  %sample \t --size   7  ").result());
        assertEquals(
                "7 units",
                kernel.execute("var made =   %sample   --size 7 ;\nmade").result());
    }

    /** beakerx #5794, pick #19. */
    @Test
    @Order(5)
    void magicsWithoutTheirWordsAndUnknownOnesSaySo() {
        assertTrue(
                kernel.execute("%load").error().contains("%load"),
                kernel.execute("%load").error());
        assertTrue(kernel.execute("%%sample").error().contains("--size is missing"));
        String unknown = kernel.execute("%%kernel.other\n1").error();
        assertTrue(unknown.contains("no magic %%kernel.other; there are %%"), unknown);
        assertEquals("1", kernel.execute("1").result());
    }

    /** almond #549: a kernel that many threads update displays in stays alive, and no update is lost at the end. */
    @Test
    @Order(6)
    void manyThreadsUpdateTheirDisplays() {
        Execution execution = kernel.execute("var ids = new ArrayList<String>();\n"
                + "for (int i = 0; i < 8; i++) ids.add(display(\"start\", \"text/plain\"));\n"
                + "IntStream.range(0, 8).parallel().forEach(i -> { for (int k = 0; k <= 50; k++)"
                + " updateDisplay(ids.get(i), \"k\" + k, \"text/plain\"); });");
        assertEquals("ok", execution.status());
        Set<String> last = new HashSet<>();
        for (JsonObject update : execution.all("update_display_data")) {
            if (update.getAsJsonObject("data").get("text/plain").getAsString().equals("k50")) {
                last.add(update.getAsJsonObject("transient").get("display_id").getAsString());
            }
        }
        assertEquals(8, last.size());
    }

    /** almond #1061: many lines from many threads, none lost, none torn. */
    @Test
    @Order(7)
    void manyThreadsPrintWholeLines() {
        Execution execution =
                kernel.execute("IntStream.range(0, 20_000).parallel().forEach(i -> System.out.println(i));");
        Set<String> lines = new HashSet<>(execution.stream("stdout").lines().toList());
        assertEquals(20_000, lines.size());
        assertFalse(lines.stream().anyMatch(line -> !line.matches("\\d{1,5}")));
    }

    /** beakerx #5427: the cell with the error ends, and so does the next. */
    @Test
    @Order(8)
    void anErrorEndsItsCell() {
        Execution failed = kernel.execute("int broken = ;");
        assertEquals("error", failed.status());
        assertEquals("error", failed.reply().get("status").getAsString());
        assertEquals("4", kernel.execute("2 + 2").result());
    }

    /** IJava #1, beakerx #2010: who ends the program ends the kernel, so that Jupyter can start another. */
    @Test
    @Order(9)
    void exitEndsTheKernel() throws InterruptedException {
        kernel.begin("System.exit(3);");
        assertTrue(kernel.endsWithin(60));
    }
}
