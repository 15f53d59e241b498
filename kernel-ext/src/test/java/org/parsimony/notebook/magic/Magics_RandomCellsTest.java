package org.parsimony.notebook.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.parsimony.data.DataException;
import org.parsimony.notebook.FakeNotebook;
import org.parsimony.notebook.kernel.language.MagicFailure;
import org.parsimony.notebook.kernel.language.MagicRegistry;
import org.parsimony.notebook.kernel.language.MagicSyntax;
import org.parsimony.notebook.magic.arguments.CommandMagic;
import org.parsimony.notebook.spi.Magic;

/**
 * Random cells of magics between Java: lines keep their numbers, every call is carried out
 * or refused with a sentence, Tab finds completions or none, and the
 * magics serve the next cell. The system property {@code
 * parsimony.cells} says how many cells; the Java between magics is not run.
 */
class Magics_RandomCellsTest {

    private static final int CELLS = Integer.getInteger("parsimony.cells", 3000);

    /** These show tables whatever they are given, which takes long, or read what lies on this machine. */
    private static final Set<String> NOT_CALLED = Set.of("help", "methods", "runs", "paper", "claims");

    private static final List<String> JAVA = List.of(
            "int a = 17 % 5;",
            "String s = \"%table t\";",
            "char c = '\"';",
            "/* %table",
            "*/",
            "// x",
            "\"\"\"",
            "{",
            "}",
            "f()",
            "x = ",
            "x %= 3;",
            "\\u0025table",
            "\"open",
            "",
            "   ",
            "\t",
            "a\n    % b;",
            "😀",
            "\u0000",
            "var y");

    private static final List<String> VALUES = List.of(
            "0",
            "-1",
            "1e999",
            "NaN",
            "99999999999999999999",
            "0.5",
            "true",
            "",
            "nowhere",
            "digit",
            "a b",
            "{",
            "}",
            "{}",
            "{{",
            "}}",
            "{x}",
            "{x + {y}}",
            "{1 2}",
            "--",
            "-",
            "=",
            "\"",
            "'",
            "\\",
            "\\\"",
            "\\ ",
            "'a b'",
            "\"a b\"",
            "a=b",
            "größe",
            "𝐚",
            "%",
            "%%",
            "%table",
            "#",
            ";",
            "\u0000",
            "\u00a0",
            "784-30-10",
            "784--10",
            "lenet5-1-2",
            "x.zip",
            "/",
            "../..",
            "a/b/c",
            "1,2,,3",
            "[1]",
            "null",
            "[]",
            "@file",
            "@@",
            "-p",
            "-pa=b",
            "--help=1",
            "${x}",
            "$$");

    private final SplittableRandom random = new SplittableRandom(7);
    private final FakeNotebook notebook = new FakeNotebook();
    private final List<Magic> magics = Magics.of(notebook);
    private final List<String> options = options(magics);

    private static List<String> options(List<Magic> magics) {
        List<String> options = new ArrayList<>();
        for (Magic magic : magics) {
            Matcher option = Pattern.compile("--[a-z][a-z-]*").matcher(((CommandMagic) magic).usage());
            while (option.find()) {
                options.add(option.group());
            }
        }
        assertTrue(options.size() > 50, "options");
        return options;
    }

    private MagicRegistry registry() {
        MagicRegistry registry = new MagicRegistry();
        magics.forEach(registry::register);
        return registry;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String word() {
        return switch (random.nextInt(6)) {
            case 0 -> one(options);
            case 1 -> one(options) + "=" + one(VALUES);
            case 2 -> one(options).substring(2) + "=" + one(VALUES);
            case 3 -> {
                StringBuilder noise = new StringBuilder();
                for (int i = random.nextInt(6); i >= 0; i--) {
                    noise.append((char) random.nextInt(1, random.nextBoolean() ? 128 : 0xd800));
                }
                yield noise.toString();
            }
            default -> one(VALUES);
        };
    }

    private String name() {
        String name = one(magics).name();
        return random.nextInt(8) > 0 ? name : random.nextBoolean() ? name.substring(1) : name + one(VALUES);
    }

    private String call(String percent) {
        StringBuilder call = new StringBuilder(percent + name());
        for (int i = random.nextInt(5); i > 0; i--) {
            call.append(random.nextInt(9) == 0 ? "\t " : " ").append(word());
        }
        return call.toString();
    }

    private String cell() {
        StringBuilder cell = new StringBuilder(random.nextInt(3) == 0 ? call("%%") + "\n" : "");
        for (int i = random.nextInt(4); i >= 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> cell.append(one(JAVA));
                case 1 -> cell.append("var r = ").append(call("%"));
                case 2 -> cell.append(one(JAVA)).append(call("%"));
                default -> cell.append(call("%"));
            }
            cell.append(one(List.of("\n", "\n", "\r\n", "\r", "", ";\n")));
        }
        return cell.toString();
    }

    @Test
    void everyCellIsCarriedOutOrRefusedAndTheMagicsLive() throws Exception {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        long calls = 0;
        try {
            MagicRegistry registry = registry();
            for (int i = 0; i < CELLS; i++) {
                if (i % 1000 == 0) {
                    registry = registry(); // which remembers every call
                    notebook.shown.clear();
                    notebook.evaluated.clear();
                }
                calls += tried(cell(), registry);
            }
            assertEquals("1 + 1", MagicSyntax.translate("1 + 1", registry).java());
            assertTrue(registry.contains("table"));
        } finally {
            System.setOut(out);
        }
        assertTrue(calls > CELLS / 2, calls + " calls");
        System.out.println(CELLS + " cells, " + calls + " calls");
    }

    /** How many calls the cell made. */
    private int tried(String cell, MagicRegistry registry) {
        int calls = 0;
        MagicSyntax.CellMagic whole = safely(cell, () -> MagicSyntax.cellMagic(cell, registry));
        if (whole != null && !NOT_CALLED.contains(whole.name())) {
            refusable(cell, () -> registry.applyCellMagic(whole.name(), whole.arguments(), whole.body()));
            calls++;
        }
        List<MagicRegistry.Call> made = new ArrayList<>();
        String java = safely(cell, () -> MagicSyntax.translate(cell, registry).java());
        assertEquals(lines(cell), lines(java), cell);
        Matcher number =
                Pattern.compile("\\$parsimony\\$(?:value|run)\\((\\d+)\\)").matcher(java);
        while (number.find()) {
            made.add(registry.call(Integer.parseInt(number.group(1))));
        }
        for (MagicRegistry.Call call : made) {
            if (!NOT_CALLED.contains(call.name())) {
                refusable(cell, () -> registry.applyLineMagic(call.name(), call.arguments()));
                calls++;
            }
            Magic magic = registry.find(call.name());
            if (magic != null && !call.arguments().isEmpty()) {
                int at = random.nextInt(call.arguments().size());
                List<String> before = call.arguments().subList(0, at);
                String word = call.arguments().get(at);
                String prefix = word.substring(0, random.nextInt(word.length() + 1));
                safely(cell, () -> magic.complete(before, prefix));
                safely(cell, () -> magic.completeBody(before, prefix));
            }
        }
        return calls;
    }

    private static long lines(String text) {
        return text.replace("\r\n", "\n")
                .chars()
                .filter(c -> c == '\n' || c == '\r')
                .count();
    }

    private static <T> T safely(String cell, Callable<T> what) {
        try {
            return what.call();
        } catch (Exception | StackOverflowError e) {
            return fail(shown(cell), e);
        }
    }

    private static void refusable(String cell, Callable<?> call) {
        try {
            call.call();
        } catch (IllegalArgumentException | IllegalStateException | DataException | java.io.IOException e) {
            assertFalse(e.getMessage() == null || e.getMessage().isBlank(), () -> "no message: " + shown(cell));
        } catch (MagicFailure e) {
            assertFalse(String.valueOf(e.getCause()).isBlank(), () -> shown(cell));
        } catch (Exception | StackOverflowError e) {
            fail(shown(cell), e);
        }
    }

    /** The cell as a Java literal, to make a test of it. */
    private static String shown(String cell) {
        StringBuilder shown = new StringBuilder("cell \"");
        cell.chars().forEach(c -> shown.append(c >= ' ' && c < 127 ? "" + (char) c : String.format("\\u%04x", c)));
        return shown.append('"').toString();
    }
}
