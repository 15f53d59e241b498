package org.parsimony.notebook.kernel.shell;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parsimony.notebook.kernel.language.Globs;
import org.parsimony.notebook.kernel.language.MagicSyntax;

/**
 * What the environment says to the kernel, in IJava's words.
 *
 * @param classpath jars and folders that the cells see ({@code IJAVA_CLASSPATH}: globs, separated as a class path)
 * @param compilerOptions options of javac ({@code IJAVA_COMPILER_OPTS}, separated by blanks)
 * @param startupScripts sources to evaluate before the first cell, by name ({@code IJAVA_STARTUP_SCRIPTS_PATH}: globs;
 *     then {@code IJAVA_STARTUP_SCRIPT}: source)
 * @param timeout the longest that one statement may take ({@code IJAVA_TIMEOUT}: milliseconds, or a number with a {@link
 *     TimeUnit}); zero for no limit, the default
 */
public record Settings(
        List<String> classpath, List<String> compilerOptions, Map<String, String> startupScripts, Duration timeout) {

    private static final Pattern TIME = Pattern.compile("(-?\\d+)\\s*([A-Za-z]*)");

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException naming the variable whose value cannot be used
     */
    public static Settings from(Map<String, String> environment) {
        Map<String, String> scripts = new LinkedHashMap<>();
        for (Path file : glob(environment, "IJAVA_STARTUP_SCRIPTS_PATH")) {
            if (Files.isRegularFile(file)) {
                try {
                    scripts.put(file.toString(), Files.readString(file));
                } catch (IOException e) {
                    throw new IllegalArgumentException("IJAVA_STARTUP_SCRIPTS_PATH: cannot read " + file, e);
                }
            }
        }
        String script = environment.getOrDefault("IJAVA_STARTUP_SCRIPT", "");
        if (!script.isBlank()) {
            scripts.put("IJAVA_STARTUP_SCRIPT", script);
        }
        return new Settings(
                glob(environment, "IJAVA_CLASSPATH").stream()
                        .map(Path::toString)
                        .toList(),
                MagicSyntax.words(environment.getOrDefault("IJAVA_COMPILER_OPTS", "")),
                scripts,
                timeout(environment.getOrDefault("IJAVA_TIMEOUT", "")));
    }

    private static Duration timeout(String text) {
        if (text.isBlank()) {
            return Duration.ZERO;
        }
        Matcher time = TIME.matcher(text.strip());
        try {
            if (time.matches()) {
                String unit =
                        time.group(2).isEmpty() ? "MILLISECONDS" : time.group(2).toUpperCase(Locale.ROOT);
                long amount = Math.max(0, Long.parseLong(time.group(1)));
                return Duration.of(amount, TimeUnit.valueOf(unit).toChronoUnit());
            }
        } catch (IllegalArgumentException e) {
            // the message below says it
        }
        throw new IllegalArgumentException("IJAVA_TIMEOUT is \"" + text
                + "\" and must be a number of milliseconds, or a number and a unit such as 30 SECONDS");
    }

    private static List<Path> glob(Map<String, String> environment, String variable) {
        List<Path> paths = new ArrayList<>();
        for (String glob : environment.getOrDefault(variable, "").split(Pattern.quote(File.pathSeparator))) {
            if (!glob.isBlank()) {
                paths.addAll(Globs.paths(glob, variable));
            }
        }
        return paths;
    }
}
