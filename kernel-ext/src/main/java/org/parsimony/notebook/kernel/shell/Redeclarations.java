package org.parsimony.notebook.kernel.shell;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import org.parsimony.notebook.kernel.language.MagicSyntax;

/**
 * What a declaration does to what was declared before.
 *
 * <p>JShell declares anew whatever depends on a class that changed: variables are empty then, or gone. Here those whose type
 * has nothing to do with the class keep their value, the others are said to be reset; and lambdas, which JShell does not
 * follow, are said to keep what they were made with.
 */
final class Redeclarations {

    private static final Pattern CLOSURE = Pattern.compile("->|::|\\bnew\\b[^;]*\\)\\s*\\{");

    private final JShell shell;
    private final SourceCodeAnalysis analysis;
    private final CellExecutionControl control;
    /** The class that holds each variable's field. */
    private final Map<String, Class<?>> holders = new ConcurrentHashMap<>();

    Redeclarations(JShell shell, CellExecutionControl control) {
        this.shell = shell;
        this.analysis = shell.sourceCodeAnalysis();
        this.control = control;
    }

    /**
     * The declaration as the assignment that does the same, if it gives a variable of its own type a new value: what holds on
     * to the variable, lambdas too, then sees it. Else null.
     */
    String asAssignment(String source) {
        String masked = MagicSyntax.masked(source);
        int equals = masked.indexOf('=');
        String before = equals < 0 ? "" : masked.substring(0, equals).stripTrailing();
        String name = before.replaceFirst("(?s).*[^\\w$]", "");
        String type = before.substring(0, before.length() - name.length());
        if (type.isBlank()
                || type.contains("@")
                || masked.substring(equals + 1).stripLeading().startsWith("{")) {
            return null;
        }
        VarSnippet known = variable(name);
        List<Snippet> snippets = known == null ? List.of() : analysis.sourceToSnippets(source);
        boolean same = snippets.size() == 1
                && snippets.get(0) instanceof VarSnippet declared
                && declared.subKind() == Snippet.SubKind.VAR_DECLARATION_WITH_INITIALIZER_SUBKIND
                && declared.name().equals(name)
                && declared.typeName().equals(known.typeName());
        return same ? type.replaceAll("[^\n]", " ") + source.substring(type.length()) : null;
    }

    private VarSnippet variable(String name) {
        return shell.variables()
                .filter(known -> known.name().equals(name) && shell.status(known) == Status.VALID)
                .findFirst()
                .orElse(null);
    }

    /** The very same class or method, if it is there already: then nothing is to do, and all that depends on it stays. */
    Snippet unchanged(String source) {
        String text = source.strip();
        return shell.snippets()
                .filter(known -> known instanceof TypeDeclSnippet || known instanceof MethodSnippet)
                .filter(known -> shell.status(known) == Status.VALID
                        && known.source().strip().equals(text))
                .findFirst()
                .orElse(null);
    }

    /** Deals with what {@code events}, those of one statement, did to others; returns what the user must know. */
    List<String> after(List<SnippetEvent> events) {
        List<String> notes = new ArrayList<>();
        Set<String> types = new LinkedHashSet<>();
        for (SnippetEvent event : events) {
            boolean replaced = event.previousStatus().isDefined() && event.status() != Status.OVERWRITTEN;
            if (replaced && event.snippet() instanceof TypeDeclSnippet type) {
                types.add(type.name());
            }
        }
        List<String> reset = events.stream()
                .filter(event -> event.causeSnippet() != null
                        && event.status() != Status.OVERWRITTEN
                        && event.previousStatus() == Status.VALID
                        && event.snippet() instanceof VarSnippet)
                .map(event -> (VarSnippet) event.snippet())
                // in the order of their declaration: the numbers of snippets grow
                .sorted(Comparator.comparing(
                                (VarSnippet variable) -> variable.id().length())
                        .thenComparing(VarSnippet::id))
                .filter(variable -> !keep(variable, types))
                .map(VarSnippet::name)
                .toList();
        if (!reset.isEmpty()) {
            String reason = types.isEmpty()
                    ? changed(events)
                    : (types.size() == 1 ? "class " : "classes ") + String.join(", ", types);
            notes.add(String.join(", ", reset) + (reset.size() == 1 ? " was reset: " : " were reset: ") + reason
                    + " changed");
        }
        events.stream()
                .filter(event -> event.causeSnippet() == null && event.previousStatus() == Status.VALID)
                .map(SnippetEvent::snippet)
                .filter(PersistentSnippet.class::isInstance)
                .map(PersistentSnippet.class::cast)
                .forEach(changed -> {
                    List<String> closures = closuresOver(changed, reset);
                    if (!closures.isEmpty()) {
                        notes.add(
                                String.join(", ", closures) + (closures.size() == 1 ? " keeps" : " keep") + " the old "
                                        + changed.name() + " until the cell that made "
                                        + (closures.size() == 1 ? "it" : "them") + " runs again");
                    }
                });
        events.stream()
                .map(SnippetEvent::snippet)
                .filter(VarSnippet.class::isInstance)
                .forEach(variable -> remember((VarSnippet) variable));
        return notes;
    }

    private static String changed(List<SnippetEvent> events) {
        return events.stream()
                .filter(event -> event.causeSnippet() == null && event.snippet() instanceof PersistentSnippet)
                .map(event -> ((PersistentSnippet) event.snippet()).name())
                .findFirst()
                .orElse("what it was made of");
    }

    /** Gives a variable that was declared anew its value back, if that cannot hold objects of {@code types}. */
    private boolean keep(VarSnippet variable, Set<String> types) {
        Object value = value(variable);
        if (shell.status(variable) == Status.RECOVERABLE_NOT_DEFINED) {
            shell.eval(variable.typeName() + " " + variable.name() + ";").forEach(event -> control.take(event.value()));
        }
        VarSnippet now = variable(variable.name());
        if (now == null || value == null) {
            return now != null && !primitive(variable);
        }
        boolean concerned = types.stream()
                .anyMatch(type -> variable.typeName().matches("(?s).*\\b" + Pattern.quote(type) + "\\b.*"));
        remember(now);
        if (concerned) {
            return false;
        }
        try {
            field(now.name()).set(null, value);
            return true;
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return false; // it is said to be reset, and it is
        }
    }

    private static boolean primitive(VarSnippet variable) {
        return Set.of("int", "long", "double", "float", "boolean", "char", "short", "byte")
                .contains(variable.typeName());
    }

    private Object value(VarSnippet variable) {
        try {
            return holders.containsKey(variable.name()) ? field(variable.name()).get(null) : null;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private Field field(String name) throws ReflectiveOperationException {
        Field field = holders.get(name).getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private void remember(VarSnippet variable) {
        SnippetWrapper wrapper = shell.status(variable) == Status.VALID ? analysis.wrapper(variable) : null;
        Class<?> holder = wrapper == null ? null : control.loaded(wrapper.fullClassName());
        if (holder != null) {
            holders.put(variable.name(), holder);
        }
    }

    /** Variables, apart from {@code others}, whose value may be a lambda that was compiled against {@code changed}. */
    private List<String> closuresOver(PersistentSnippet changed, List<String> others) {
        Pattern name = Pattern.compile("(?<![\\w.$])" + Pattern.quote(changed.name()) + "(?![\\w$])");
        return shell.variables()
                .filter(variable -> shell.status(variable) == Status.VALID)
                .filter(variable -> !variable.name().equals(changed.name()) && !others.contains(variable.name()))
                .filter(variable -> {
                    String initializer = MagicSyntax.masked(variable.source());
                    return CLOSURE.matcher(initializer).find()
                            && name.matcher(initializer).find()
                            && isClosure(value(variable));
                })
                .map(VarSnippet::name)
                .toList();
    }

    /** Whether the value can hold on to names of the cell: a lambda, an object of a cell's own class, or a collection. */
    private static boolean isClosure(Object value) {
        if (value == null) {
            return false;
        }
        Class<?> type = value.getClass();
        return type.isHidden()
                || type.isSynthetic()
                || type.getName().startsWith("REPL.")
                || value instanceof Iterable
                || value instanceof Map
                || value instanceof Thread;
    }
}
