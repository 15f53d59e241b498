package org.parsimony.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.notebook.kernel.KernelProcess.Execution;

/** A cell's last value is shown by its contents, in bounded time, and the kernel outlives whatever a value does. */
class Kernel_ValueTest {

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

    private static void shows(String text, String cell) {
        Execution execution = kernel.execute(cell);
        assertEquals("ok", execution.status(), () -> execution.error());
        assertEquals(text, execution.result());
    }

    @Test
    void contentsAndNotAddresses() {
        shows("[1, 2, 3]", "new int[] {1, 2, 3}");
        shows("[[1.0, 2.0], [3.0, 4.0]]\ndouble[2][2]", "new double[][] {{1, 2}, {3, 4}}");
        shows("[a, null]", "new String[] {\"a\", null}");
        shows("Pair[a=[1], b=x]", "record Pair(int[] a, String b) {}\nnew Pair(new int[] {1}, \"x\")");
        shows(
                "2 × 3 FLOAT\n[[         0,         0,         0], \n [         0,         0,         0]]",
                "org.nd4j.linalg.factory.Nd4j.zeros(2, 3)");
    }

    @Test
    void nullIsShownWhereAnExpressionIsIt() {
        shows("null", "String none = null;\nnone");
        shows("null", "new HashMap<String, Integer>().get(\"a\")");
        shows(null, "none = null;");
        shows(null, "System.out.print(\"\")");
        shows(null, "new HashMap<String, Integer>().put(\"a\", 1);");
    }

    @Test
    void whatDisplayReturnsIsNoResult() {
        Execution execution = kernel.execute("display(\"once\")");
        assertNull(execution.result());
        assertEquals(1, execution.all("display_data").size());
        assertFalse(
                kernel.execute("String id = display(\"again\");\nid").result().isBlank());
    }

    @Test
    void anExceptionThatIsAValueIsItsTrace() {
        String shown = kernel.execute("Exception made() {\n    return new IllegalStateException(\"why\");\n}\nmade()")
                .result();
        assertTrue(shown.startsWith("java.lang.IllegalStateException: why\n    at made (cell "), shown);
        assertTrue(shown.contains(", line 2)"), shown);
    }

    @Test
    void anImageIsAPicture() {
        JsonObject data = kernel.execute(
                        "new java.awt.image.BufferedImage(4, 3, java.awt.image.BufferedImage.TYPE_INT_RGB)")
                .all("execute_result")
                .get(0)
                .getAsJsonObject("data");
        assertEquals("4 × 3 image", data.get("text/plain").getAsString());
        assertTrue(data.has("image/png"));
    }

    @Test
    void aStreamOfBytesIsNotRead() {
        shows("3", "var bytes = new ByteArrayInputStream(new byte[3]);\nbytes.available()");
        kernel.execute("bytes");
        shows("3", "bytes.available()");
    }

    @Test
    void anEndlessToStringIsInterrupted() {
        assertEquals(
                "ok",
                kernel.execute("class Slow { public String toString() { System.out.println(\"begun\");"
                                + " while (true) { } } }")
                        .status());
        String id = kernel.begin("new Slow()");
        kernel.awaitPublished(id, "stream");
        kernel.command("interrupt_request");
        assertEquals("Interrupted", kernel.finish(id).reply().get("ename").getAsString());
        shows("2", "1 + 1");
    }

    @Test
    void aSleepingToStringIsEndedByTime() {
        Execution execution = kernel.execute(
                "new Object() { public String toString() { try { Thread.sleep(60_000); } catch (InterruptedException e) { }"
                        + " return \"\"; } }");
        assertEquals("error", execution.status());
        assertTrue(execution.error().contains("10 s to show a value"), execution.error());
        shows("2", "1 + 1");
    }

    @Test
    void aToStringThatFailsShowsItsFailure() {
        Execution execution = kernel.execute("class Bad {\n    public String toString() {\n"
                + "        throw new IllegalStateException(\"no text\");\n    }\n}\nnew Bad()");
        assertTrue(execution.error().contains("of type Bad, cannot be shown"), execution.error());
        assertTrue(
                execution.error().contains("java.lang.IllegalStateException: no text\n    at Bad.toString (cell "),
                execution.error());
        shows("2", "1 + 1");
    }

    @Test
    void aToStringWithoutEndInItselfShowsItsFailure() {
        Execution execution =
                kernel.execute("class Deep { public String toString() { return \"\" + this; } }\nnew Deep()");
        assertTrue(execution.error().contains("StackOverflowError"), execution.error());
        assertTrue(execution.error().lines().count() < 60, execution.error());
        shows("2", "1 + 1");
    }

    @Test
    void aRendererThatFailsShowsItsFailure() {
        Execution execution = kernel.execute(
                "class Odd {}\ngetKernelInstance().getRenderer().createRegistration(Odd.class)"
                        + ".register((odd, context) -> { throw new IllegalStateException(\"cannot draw\"); });\nnew Odd()");
        assertTrue(execution.error().contains("cannot draw"), execution.error());
        shows("2", "1 + 1");
    }

    @Test
    void aValueThatIsNullInsideShowsItsFailure() {
        Execution execution =
                kernel.execute("class Nothing { public String toString() { return null; } }\nnew Nothing()");
        assertEquals("ok", execution.status(), () -> execution.error());
        assertEquals("null", execution.result());
    }

    @Test
    void hugeTextIsShortened() {
        String shown = kernel.execute("\"x\".repeat(3_000_000)").result();
        assertTrue(shown.endsWith("shortened after 20000 of 3000000 characters"), shown.substring(shown.length() - 80));
    }
}
