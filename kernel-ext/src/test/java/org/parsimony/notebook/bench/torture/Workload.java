package org.parsimony.notebook.bench.torture;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Recipes of many short steps, some of which begin alike, as files, and the notebook that carries them out. */
final class Workload {

    private static final List<String> KINDS = List.of("short", "long", "search");

    private final Path folder;
    private final List<Path> recipes = new ArrayList<>();

    /** @param folder where the files are written */
    Workload(Path folder) {
        this.folder = folder;
    }

    /** The recipes of the seeds up to {@code seeds}; files that are missing are written. */
    List<Path> recipes(int seeds) throws IOException {
        for (int seed = recipes.size() / KINDS.size() + 1; seed <= seeds; seed++) {
            for (String kind : KINDS) {
                Path file = folder.resolve(kind + "-" + seed + ".txt");
                Files.writeString(file, text(kind).replace("SEED", Integer.toString(seed)));
                recipes.add(file);
            }
        }
        return List.copyOf(recipes.subList(0, seeds * KINDS.size()));
    }

    private static String text(String kind) throws IOException {
        try (InputStream in = Workload.class.getResourceAsStream(kind + ".recipe")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Writes a notebook, a recipe a cell in an order of its own, each of which prints the id of its run. */
    Path notebook(int number, int seeds, Random random) throws IOException {
        List<Path> order = new ArrayList<>(recipes(seeds));
        Collections.shuffle(order, random);
        JsonArray cells = new JsonArray();
        cells.add(cell("int turn = " + number + ";", "parameters"));
        for (Path recipe : order) {
            cells.add(cell("Run run = %run " + recipe + "\nSystem.out.println(\"finished \" + run.id());", null));
        }
        JsonObject kernel = new JsonObject();
        kernel.addProperty("display_name", "Parsimony (Java)");
        kernel.addProperty("language", "java");
        kernel.addProperty("name", "parsimony");
        JsonObject metadata = new JsonObject();
        metadata.add("kernelspec", kernel);
        JsonObject notebook = new JsonObject();
        notebook.add("cells", cells);
        notebook.add("metadata", metadata);
        notebook.addProperty("nbformat", 4);
        notebook.addProperty("nbformat_minor", 4);
        Path file = folder.resolve("notebook-" + number + ".ipynb");
        Files.writeString(file, notebook.toString());
        return file;
    }

    private static JsonObject cell(String source, String tag) {
        JsonObject cell = new JsonObject();
        cell.addProperty("cell_type", "code");
        cell.add("execution_count", com.google.gson.JsonNull.INSTANCE);
        JsonObject metadata = new JsonObject();
        if (tag != null) {
            JsonArray tags = new JsonArray();
            tags.add(tag);
            metadata.add("tags", tags);
        }
        cell.add("metadata", metadata);
        cell.add("outputs", new JsonArray());
        cell.addProperty("source", source);
        return cell;
    }
}
