package org.parsimony.notebook.install;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/** The folder by which Jupyter knows a kernel. */
final class KernelSpec {

    private static final String ARCHIVE = "classes.jsa";
    private static final long REHEARSAL_SECONDS = 120;

    private final Path folder;
    private final List<String> more;

    /**
     * A kernel in a folder, there or not.
     *
     * @param more options of its Java behind our own, so that they win
     */
    KernelSpec(Path folder, List<String> more) {
        this.folder = folder;
        this.more = List.copyOf(more);
    }

    Path folder() {
        return folder;
    }

    /**
     * Writes the folder anew.
     *
     * @param archive whether to rehearse a start and keep its classes in an archive: some seconds and 60 MB, for a kernel
     *     that is ready in a third of the time
     */
    void write(boolean archive) throws IOException, InterruptedException {
        remove();
        Files.createDirectories(folder);
        JsonArray argv = new JsonArray();
        command().forEach(argv::add);
        argv.add("{connection_file}");
        JsonObject environment = new JsonObject();
        JvmOptions.environment().forEach(environment::addProperty);
        JsonObject json = new JsonObject();
        json.add("argv", argv);
        json.addProperty("display_name", "Parsimony (Java)");
        json.addProperty("language", "java");
        json.addProperty("interrupt_mode", "message");
        json.add("env", environment);
        Files.writeString(
                folder.resolve("kernel.json"),
                new GsonBuilder()
                                .setPrettyPrinting()
                                .disableHtmlEscaping()
                                .create()
                                .toJson(json) + "\n");
        for (int size : new int[] {32, 64}) {
            ImageIO.write(
                    Logo.draw(size),
                    "png",
                    folder.resolve("logo-" + size + "x" + size + ".png").toFile());
        }
        if (archive) {
            rehearse();
        }
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmOptions.of(Runtime.version().feature(), folder.resolve(ARCHIVE)));
        command.addAll(more);
        command.addAll(program());
        return command;
    }

    /** The jar that this class is in; in a development tree, where it is in none, the class path and the main class. */
    private static List<String> program() throws IOException {
        try {
            Path code = Path.of(KernelSpec.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return code.toString().endsWith(".jar")
                    ? List.of("-jar", code.toString())
                    : List.of("-cp", System.getProperty("java.class.path"), Main.class.getName());
        } catch (URISyntaxException e) {
            throw new IOException("this program does not know its own jar", e);
        }
    }

    private void rehearse() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(command());
        command.remove("-XX:SharedArchiveFile=" + folder.resolve(ARCHIVE));
        command.add(1, "-XX:ArchiveClassesAtExit=" + folder.resolve(ARCHIVE));
        command.add(Rehearsal.OPTION);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(JvmOptions.environment());
        builder.environment().put("PARSIMONY_HISTORY", "off"); // nobody typed these cells
        builder.environment().remove("JPY_PARENT_PID"); // nor is this the kernel of whoever installs from a notebook
        Process process = builder.start();
        if (!process.waitFor(REHEARSAL_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        if (!Files.exists(folder.resolve(ARCHIVE))) {
            System.err.println("No class data archive could be made; the kernel works, but starts slower.");
        }
    }

    /** Removes the folder; false if there was none. */
    boolean remove() throws IOException {
        return Resources.remove(folder);
    }
}
