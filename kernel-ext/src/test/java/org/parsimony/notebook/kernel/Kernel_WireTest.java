package org.parsimony.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.notebook.kernel.KernelProcess.Execution;

/** The kernel as a front end meets it: a process, five sockets, and Jupyter's messages. */
class Kernel_WireTest {

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

    @Test
    void introducesItself() {
        JsonObject info = kernel.ask("kernel_info_request");
        assertEquals("ok", info.get("status").getAsString());
        assertEquals("5.3", info.get("protocol_version").getAsString());
        assertEquals("Java", info.getAsJsonObject("language_info").get("name").getAsString());
        assertTrue(kernel.beats());
    }

    @Test
    void remembersWhatWasRun() {
        kernel.execute("40 + 2");
        JsonArray past = kernel.ask("history_request", "hist_access_type", "tail", "n", 1, "output", true, "raw", true)
                .getAsJsonArray("history");
        assertEquals("[\"40 + 2\",\"42\"]", past.get(0).getAsJsonArray().get(2).toString());
    }

    @Test
    void publishesInputOutputResultBetweenBusyAndIdle() {
        Execution execution = kernel.execute("System.out.println(\"grüße\"); System.err.println(\"oh\"); 6 * 7");
        assertEquals("42", execution.result());
        assertEquals("grüße\n", execution.stream("stdout"));
        assertEquals("oh\n", execution.stream("stderr"));
        List<String> types =
                execution.published().stream().map(KernelProcess.Received::type).toList();
        assertEquals("status", types.get(0));
        assertEquals("execute_input", types.get(1));
        assertEquals("execute_result", types.get(types.size() - 2));
        assertEquals("status", types.get(types.size() - 1));
        assertNull(kernel.execute("int quiet = 1;").result());
    }

    @Test
    void manyLinesMakeFewMessages() {
        Execution execution = kernel.execute("for (int i = 0; i < 20_000; i++) System.out.println(i);");
        assertTrue(execution.stream("stdout").endsWith("19999\n"));
        assertTrue(execution.all("stream").size() < 500, execution.all("stream").size() + " messages");
    }

    @Test
    void namesLineAndPlaceOfACompileError() {
        Execution execution = kernel.execute("int fine = 1;\nString wrong =\n    unknown + 1;");
        assertEquals("error", execution.status());
        assertEquals("CompileError", execution.reply().get("ename").getAsString());
        assertTrue(execution.error().contains("cannot find symbol"), execution.error());
        assertTrue(execution.error().contains("   3 |     unknown + 1;\n     |     ^^^^^^^"), execution.error());
        assertFalse(execution.error().contains("REPL"), execution.error());
    }

    @Test
    void tracesAnExceptionToItsCellAndCause() {
        Execution execution = kernel.execute("void fail() {\n"
                + "    throw new IllegalStateException(\"outer\", new RuntimeException(\"inner\"));\n}\n\nfail();");
        String error = execution.error();
        assertTrue(error.startsWith("java.lang.IllegalStateException: outer"), error);
        assertTrue(error.matches("(?s).*fail \\(cell \\d+, line 2\\).*\\(cell \\d+, line 5\\).*"), error);
        assertTrue(error.contains("caused by java.lang.RuntimeException: inner"), error);
        assertFalse(error.contains("jdk.internal") || error.contains("CellRunner"), error);
    }

    @Test
    void refusesTheCellsQueuedBehindAFailure() {
        String first = kernel.begin("Thread.sleep(1500); throw new RuntimeException();");
        String second = kernel.begin("int never = 1;");
        assertEquals("error", kernel.finish(first).status());
        assertEquals("aborted", kernel.finish(second).status());
        assertEquals("ok", kernel.execute("1").status());
    }

    @Test
    void showsAndReplacesDisplays() {
        Execution execution = kernel.execute(
                "String id = display(\"<i>one</i>\", \"text/html\"); updateDisplay(id, \"two\"); render(3, \"text/plain\")");
        JsonObject shown = execution.all("display_data").get(0);
        JsonObject replaced = execution.all("update_display_data").get(0);
        assertEquals(
                "<i>one</i>", shown.getAsJsonObject("data").get("text/html").getAsString());
        assertEquals("two", replaced.getAsJsonObject("data").get("text/plain").getAsString());
        assertEquals(shown.get("transient"), replaced.get("transient"));
        assertEquals("3", execution.result());
    }

    @Test
    void bringsImportsMagicsAndRenderersOfExtensions() {
        Execution execution = kernel.execute("var made = %sample --size 7;\nPath.of(\"x\");\nmade.size() + 1");
        assertEquals("8", execution.result());
        JsonObject shown =
                kernel.execute("%sample --size 7").all("execute_result").get(0).getAsJsonObject("data");
        assertEquals("<b>7 units</b>", shown.get("text/html").getAsString());
        assertEquals("7 units", shown.get("text/plain").getAsString());
        assertEquals("10 units", kernel.execute("%%sample --size 7\nabc").result());
        assertEquals("9 units", kernel.execute("eval(\"new Sample(9)\")").result());
    }

    @Test
    void saysWhatIsWrongWithAMagic() {
        assertTrue(kernel.execute("%sample")
                .error()
                .equals("%sample: --size is missing; it must be a whole number above 0\n"));
        String unknown = kernel.execute("%smaple 3").error();
        assertTrue(unknown.contains("no magic %smaple") && unknown.contains("%sample"), unknown);
        assertTrue(kernel.execute("%jars nowhere/*.jar").error().contains("nothing matches nowhere/*.jar"));
    }

    @Test
    void leavesPercentSignsOfJavaAlone() {
        assertEquals(
                "2", kernel.execute("int a = 17, b = 5; int c = a\n    % b; c").result());
        assertEquals("%sample", kernel.execute("\"\"\"\n%sample\"\"\"").result());
    }

    @Test
    void completesJavaAndMagics() {
        assertEquals(
                List.of("abs(", "absExact("),
                matches("class Helper {}\nvar list = new ArrayList<String>();\nMath.abs"));
        assertTrue(matches("var list = new ArrayList<String>();\nlist.ad").contains("add("));
        assertEquals(List.of("sample"), matches("%sam"));
        assertEquals(List.of("--size", "--seed"), matches("var x = %sample --s"));
    }

    private static List<String> matches(String code) {
        JsonObject reply = kernel.ask("complete_request", "code", code, "cursor_pos", code.length());
        return reply.getAsJsonArray("matches").asList().stream()
                .map(match -> match.getAsString())
                .toList();
    }

    @Test
    void inspectsAndJudgesCompleteness() {
        JsonObject found = kernel.ask("inspect_request", "code", "Math.abs(1)", "cursor_pos", 6, "detail_level", 0);
        assertTrue(found.getAsJsonObject("data").get("text/plain").getAsString().contains("double Math.abs(double a)"));
        assertFalse(kernel.ask("inspect_request", "code", "nothing", "cursor_pos", 3, "detail_level", 0)
                .get("found")
                .getAsBoolean());
        assertEquals("incomplete", completeness("for (;;) {"));
        assertEquals("complete", completeness("int a = 3"));
        assertEquals("invalid", completeness("int = ;"));
    }

    private static String completeness(String code) {
        return kernel.ask("is_complete_request", "code", code).get("status").getAsString();
    }

    @Test
    void readsLinesFromTheFrontEnd() {
        Execution execution = kernel.execute(
                "var scanner = new java.util.Scanner(System.in); int number = scanner.nextInt(); number * 2",
                prompt -> "21");
        assertEquals("42", execution.result());
    }

    @Test
    void stopsALoopThatHeedsNothingAndGoesOn() {
        String id = kernel.begin("long turns = 0;\n{ System.out.println(\"running\"); while (true) { turns++; } }");
        kernel.awaitPublished(id, "stream");
        assertEquals("ok", kernel.command("interrupt_request").get("status").getAsString());
        Execution stopped = kernel.finish(id);
        assertEquals("Interrupted", stopped.reply().get("ename").getAsString());
        assertFalse(stopped.error().contains("background"), stopped.error());
        assertEquals("true", kernel.execute("turns > 0").result());
    }

    @Test
    void stopsACellThatCameBeforeTheKernelWasReady() throws Exception {
        Map<String, String> slow = Map.of("IJAVA_STARTUP_SCRIPT", "Thread.sleep(4000);");
        try (KernelProcess other = new KernelProcess(folder, slow)) {
            String id = other.begin("for (long i = 0; i >= 0; i++) { }");
            other.awaitPublished(id, "execute_input");
            other.command("interrupt_request");
            assertEquals("Interrupted", other.finish(id).reply().get("ename").getAsString());
            assertEquals("2", other.execute("1 + 1").result());
        }
    }

    @Test
    void stopsACellAsSoonAsItIsAnnounced() {
        for (int i = 0; i < 50; i++) {
            String id = kernel.begin("Thread.sleep(10_000);");
            kernel.awaitPublished(id, "execute_input");
            kernel.command("interrupt_request");
            JsonObject reply = kernel.finish(id).reply();
            assertEquals("error", reply.get("status").getAsString(), "cell " + i + " ran to its end");
            assertEquals("Interrupted", reply.get("ename").getAsString());
        }
    }

    @Test
    void stopsALoopThatPrints() {
        String id = kernel.begin("while (true) System.out.println(\"spam\");");
        kernel.awaitPublished(id, "stream");
        kernel.command("interrupt_request");
        assertEquals("Interrupted", kernel.finish(id).reply().get("ename").getAsString());
        assertEquals(
                "eggs\n",
                kernel.execute("System.out.println(\"eggs\")").stream("stdout"),
                "nothing is left of the loop");
    }

    @Test
    void stopsALoopThatKeepsTheStreamToItself() {
        String id = kernel.begin("System.out.println(\"mine\"); synchronized (System.out) { while (true) { } }");
        kernel.awaitPublished(id, "stream");
        kernel.command("interrupt_request");
        assertEquals("Interrupted", kernel.finish(id).reply().get("ename").getAsString());
        assertEquals("eggs\n", kernel.execute("System.out.println(\"eggs\")").stream("stdout"));
    }

    @Test
    void stopsSleepAndInputAtOnce() {
        String sleeping = kernel.begin("System.out.println(\"sleeping\"); Thread.sleep(60_000);");
        kernel.awaitPublished(sleeping, "stream");
        kernel.command("interrupt_request");
        assertEquals("Interrupted", kernel.finish(sleeping).reply().get("ename").getAsString());
        assertEquals("3", kernel.execute("1 + 2").result());
    }

    @Test
    void redefinesMethodsAndDeclaresClassesThatNeedEachOther() {
        kernel.execute("static int version() { return 1; }");
        assertEquals(
                "2",
                kernel.execute("static int version() { return 2; }\nversion()").result());
        assertEquals(
                "3",
                kernel.execute("class Egg { Hen hen; }\nclass Hen { Egg egg; int age = 3; }\nnew Hen().age")
                        .result());
        assertEquals("error", kernel.execute("class Lonely extends Nowhere {}").status());
    }

    @Test
    void timesAndLoads() throws IOException {
        Execution timed = kernel.execute("%time 1 + 1");
        assertEquals("2", timed.result());
        assertTrue(timed.stream("stdout").matches("wall .*, processor .*\n"), timed.stream("stdout"));
        Path notebook = folder.resolve("part.ipynb");
        Files.writeString(
                notebook,
                "{\"cells\": [{\"cell_type\": \"markdown\", \"source\": [\"# no code\"]},"
                        + " {\"cell_type\": \"code\", \"source\": [\"int loaded =\\n\", \" 5;\"]},"
                        + " {\"cell_type\": \"code\", \"source\": \"loaded++;\"}]}");
        assertEquals("6", kernel.execute("%load " + notebook + "\nloaded").result());
        assertTrue(kernel.execute("%load nowhere").error().contains("no such file"));
    }

    @Test
    void survivesMessagesThatCannotBeRead() {
        kernel.babble();
        assertEquals("1", kernel.execute("1").result());
    }

    @Test
    void heedsTheEnvironmentOfIJava() throws Exception {
        Path script = folder.resolve("start.jshell");
        Files.writeString(script, "int fromFile = 1;");
        Map<String, String> environment = Map.of(
                "IJAVA_TIMEOUT", "4000 MILLISECONDS",
                "IJAVA_STARTUP_SCRIPTS_PATH", folder + "/*.jshell",
                "IJAVA_STARTUP_SCRIPT", "int fromVariable = fromFile + 1; int broken = nothing;",
                "IJAVA_COMPILER_OPTS", "-parameters");
        try (KernelProcess other = new KernelProcess(folder, environment)) {
            Execution first = other.execute("fromVariable");
            assertEquals("2", first.result());
            assertTrue(first.stream("stderr").contains("IJAVA_STARTUP_SCRIPT failed"), first.stream("stderr"));
            Execution late = other.execute("Thread.sleep(120_000);");
            assertEquals("Timeout", late.reply().get("ename").getAsString());
            assertTrue(late.error().contains("4000 ms (IJAVA_TIMEOUT)"), late.error());
            assertEquals("1", kernel.execute("1").result()); // two kernels at once
            assertEquals("\"x\"", other.execute("\"\\\"x\\\"\"").result());
            JsonObject bye = other.command("shutdown_request", "restart", false);
            assertFalse(bye.get("restart").getAsBoolean());
            assertTrue(other.endsWithin(60));
        }
    }
}
