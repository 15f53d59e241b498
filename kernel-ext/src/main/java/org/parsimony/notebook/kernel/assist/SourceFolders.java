package org.parsimony.notebook.kernel.assist;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Tells JShell where sources lie, from which it takes documentation and the names of parameters. By itself it looks into the
 * JDK's only, and has no method to be told of others: its list is reached by reflection, which the kernel's own options of
 * {@code java} allow. Where they do not, the help has signatures only.
 */
final class SourceFolders {

    private final SourceCodeAnalysis analysis;
    private final Set<Path> known = new LinkedHashSet<>();

    SourceFolders(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    /** Adds folders of sources, and of the jars in {@code classpath} the {@code -sources.jar} beside them. */
    synchronized void add(Collection<Path> folders, Collection<String> classpath) {
        List<Path> fresh = new ArrayList<>();
        folders.stream().filter(Files::isDirectory).filter(known::add).forEach(fresh::add);
        for (String entry : classpath) {
            Path sources = Path.of(entry.replaceFirst("\\.jar$", "-sources.jar"));
            if (entry.endsWith(".jar") && Files.isRegularFile(sources) && known.add(sources)) {
                try {
                    FileSystem jar = FileSystems.newFileSystem(sources);
                    fresh.add(jar.getPath("/"));
                } catch (IOException e) {
                    // no zip after all: without these sources, then
                }
            }
        }
        if (!fresh.isEmpty()) {
            tell(fresh);
        }
    }

    @SuppressWarnings("unchecked")
    private void tell(List<Path> fresh) {
        try {
            Method find = analysis.getClass().getDeclaredMethod("findSources");
            find.setAccessible(true);
            List<Path> all = new ArrayList<>((List<Path>) find.invoke(analysis));
            all.addAll(fresh);
            Field list = analysis.getClass().getDeclaredField("availableSources");
            list.setAccessible(true);
            list.set(analysis, all);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // a JDK that has changed inside, or one started without the option: signatures only
        }
    }
}
