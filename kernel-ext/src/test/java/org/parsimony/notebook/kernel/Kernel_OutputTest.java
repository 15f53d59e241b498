package org.parsimony.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.parsimony.notebook.kernel.KernelProcess.Execution;

/**
 * What cells print and show arrives in the order in which they did it, from any thread, whole, and before the cell's end.
 *
 * <p>Reported of other kernels: displays before the text printed earlier (jupyter/notebook#1606, gap-packages/JupyterKernel#60),
 * output that reaches the next cell (adtech-labs/spylon-kernel#21), lines scrambled and lost in a loop
 * (Kotlin/kotlin-jupyter#497), output after a cell's end that goes nowhere (almond-sh/almond#3,
 * SpencerPark/jupyter-jvm-basekernel#7), streams not flushed before a display (AnswerDotAI/execnb#14).
 */
class Kernel_OutputTest {

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

    /** Text and displays in the order of their arrival, text joined as long as its stream is the same. */
    private static List<String> sequence(Execution execution) {
        assertEquals("ok", execution.status(), () -> execution.error());
        List<String> sequence = new ArrayList<>();
        for (KernelProcess.Received message : execution.published()) {
            JsonObject content = message.content();
            switch (message.type()) {
                case "stream" ->
                    sequence.add(content.get("name").getAsString() + ":"
                            + content.get("text").getAsString());
                case "display_data", "execute_result", "update_display_data" ->
                    sequence.add(
                            content.getAsJsonObject("data").get("text/plain").getAsString());
                case "clear_output" -> sequence.add("clear");
                default -> {}
            }
        }
        return sequence;
    }

    @Test
    void textAndDisplaysInTurns() {
        assertEquals(
                List.of("stdout:row0\n", "d0", "stdout:row1\n", "d1", "stdout:row2\n", "d2"),
                sequence(kernel.execute(
                        "for (int i = 0; i < 3; i++) { System.out.println(\"row\" + i); display(\"d\" + i); }")));
    }

    @Test
    void bothStreamsInTurns() {
        assertEquals(
                List.of("stdout:a\n", "stderr:b\n", "stdout:c", "stderr:d\n", "stdout:\n", "5"),
                sequence(kernel.execute("System.out.println(\"a\"); System.err.println(\"b\"); System.out.print(\"c\");"
                        + " System.err.println(\"d\"); System.out.println(); 5")));
    }

    @Test
    void displaysOfAnotherThreadBetweenItsText() {
        assertEquals(
                List.of("stdout:before\n", "shown", "stdout:after\n"),
                sequence(kernel.execute(
                        "var other = new Thread(() -> { System.out.println(\"before\"); display(\"shown\");"
                                + " System.out.println(\"after\"); }); other.start(); other.join();")));
    }

    @Test
    void updatesAndClearingKeepTheirPlace() {
        assertEquals(
                List.of("stdout:1\n", "first", "stdout:2\n", "second", "stdout:3\n", "clear", "stdout:4\n"),
                sequence(
                        kernel.execute(
                                "System.out.println(1); String place = display(\"first\"); System.out.println(2);"
                                        + " updateDisplay(place, \"second\"); System.out.println(3); clearOutput(); System.out.println(4);")));
    }

    @Test
    void aThreadWhoseInterruptFlagIsSetLosesNothing() {
        Execution execution = kernel.execute("var t = new Thread(() -> {\n    Thread.currentThread().interrupt();\n"
                + "    for (int i = 0; i < 200; i++) System.out.println(\"line \" + i);\n    display(\"shown\");\n});\n"
                + "t.start(); t.join();");
        String lines = IntStream.range(0, 200).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        assertEquals(lines, execution.stream("stdout"));
        assertEquals("shown", sequence(execution).get(sequence(execution).size() - 1));
        assertEquals("next", kernel.execute("\"next\"").result());
    }

    @Test
    void aHundredThousandLinesArriveWholeInFewMessages() {
        Execution execution = kernel.execute("for (int i = 0; i < 100_000; i++) System.out.println(i);");
        String lines = IntStream.range(0, 100_000).mapToObj(i -> i + "\n").collect(Collectors.joining());
        assertEquals(lines, execution.stream("stdout"));
        assertTrue(execution.all("stream").size() < 500, execution.all("stream").size() + " messages");
    }

    @Test
    void manyThreadsLoseNoLine() {
        Execution execution = kernel.execute("var threads = new ArrayList<Thread>();\n"
                + "for (int n = 0; n < 8; n++) { int id = n; threads.add(new Thread(() -> {"
                + " for (int i = 0; i < 500; i++) System.out.println(id + \" \" + i); })); }\n"
                + "for (var each : threads) each.start(); for (var each : threads) each.join();");
        Map<String, List<String>> lines =
                execution.stream("stdout").lines().collect(Collectors.groupingBy(line -> line.split(" ")[0]));
        assertEquals(8, lines.size());
        lines.forEach((id, each) ->
                assertEquals(IntStream.range(0, 500).mapToObj(i -> id + " " + i).toList(), each));
    }

    @Test
    void aParallelStreamPrintsBelowTheCellThatRunsIt() {
        kernel.execute("IntStream.range(0, 50).parallel().forEach(i -> System.out.println(\"first \" + i));");
        Execution second =
                kernel.execute("IntStream.range(0, 50).parallel().forEach(i -> System.out.println(\"second \" + i));");
        assertEquals(
                50,
                second.stream("stdout")
                        .lines()
                        .filter(line -> line.startsWith("second"))
                        .count());
    }

    @Test
    void aThreadThatOutlivesItsCellPrintsBelowThatCell() {
        String first = kernel.begin("var go = new java.util.concurrent.CountDownLatch(1);\n"
                + "var late = new Thread(() -> { try { go.await(); } catch (InterruptedException e) { }"
                + " System.out.println(\"late\"); });\nlate.start();");
        assertEquals("", kernel.finish(first).stream("stdout"));
        String second = kernel.begin("go.countDown(); late.join(); System.out.println(\"now\"); Thread.sleep(200);");
        List<KernelProcess.Received> all = kernel.listenUntilIdle(second);
        assertEquals(
                List.of(first),
                all.stream()
                        .filter(message -> message.type().equals("stream")
                                && message.content().get("text").getAsString().equals("late\n"))
                        .map(KernelProcess.Received::parent)
                        .toList());
    }

    @Test
    void nothingOfACellArrivesAfterItsEnd() {
        for (int i = 0; i < 20; i++) {
            String id = kernel.begin("System.out.print(\"x\"); System.err.print(\"y\");");
            Execution execution = kernel.finish(id);
            assertEquals("x", execution.stream("stdout"));
            assertEquals("y", execution.stream("stderr"));
        }
    }

    @Test
    void charactersThatAreWrittenInPiecesStayWhole() {
        Execution execution =
                kernel.execute("byte[] euro = \"€🙂\".getBytes(java.nio.charset.StandardCharsets.UTF_8);\n"
                        + "for (byte b : euro) { System.out.write(b); System.out.flush(); Thread.sleep(60); }");
        assertEquals("€🙂", execution.stream("stdout"));
    }

    @Test
    void theExceptionOfAThreadIsShownWithItsTrace() {
        Execution execution = kernel.execute(
                "var lost = new Thread(() -> {\n"
                        + "    throw new IllegalStateException(\"lost in the thread\");\n}, \"worker\");\nlost.start(); lost.join();");
        String told = execution.stream("stderr").replaceAll("\u001b\\[[0-9;]*m", "");
        assertTrue(
                told.contains("exception in thread worker: java.lang.IllegalStateException: lost in the thread"), told);
        assertTrue(told.matches("(?s).*at lambda \\(cell \\d+, line 2\\).*"), told);
        assertFalse(told.contains("REPL"), told);
    }

    @Test
    void theExceptionOfAThreadInsideAClassNamesTheClass() {
        Execution execution =
                kernel.execute("class Job extends Thread {\n    public void run() {\n        int[] a = {};\n"
                        + "        a[0] = 1;\n    }\n}\nvar job = new Job(); job.start(); job.join();");
        String told = execution.stream("stderr").replaceAll("\u001b\\[[0-9;]*m", "");
        assertTrue(told.matches("(?s).*ArrayIndexOutOfBoundsException.*at Job.run \\(cell \\d+, line 4\\).*"), told);
    }

    @Test
    void aMessageThatCannotBeReadIsALineOfTheLogAndNotOfACell() throws IOException {
        String id = kernel.begin("Thread.sleep(500); System.out.print(\"mine\");");
        kernel.babble();
        kernel.babbleWithTheKey();
        Execution execution = kernel.finish(id);
        assertEquals("mine", execution.stream("stdout"));
        assertEquals("", execution.stream("stderr"));
        assertEquals("2", kernel.execute("1 + 1").result());
        List<String> log = Files.readAllLines(folder.resolve("kernel.log"));
        assertEquals(
                2,
                log.stream()
                        .filter(line -> line.contains("ignored an unreadable message on shell"))
                        .count(),
                log::toString);
        assertTrue(log.stream().noneMatch(line -> line.startsWith("\tat ")), log::toString);
    }
}
