package org.parsimony.network.files;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.parsimony.base.Require;
import org.parsimony.network.files.KerasWiring.End;

/**
 * A Keras network with every use of every layer as a layer of its own: networks inside networks give their layers, whose
 * names then begin with those of the networks, {@code "encoder/dense"}, and a layer that is used again stands again,
 * {@code "dense@1"}, with a copy of the weights.
 */
final class KerasExpansion {

    private static final int MOST_LAYERS = 10_000;
    /** Classes of networks. */
    static final Set<String> NETWORKS = Set.of("Functional", "Model", "Sequential");

    private static final Set<String> SHAPES = Set.of("batch_shape", "batch_input_shape");

    /** One use of a layer, and what it reads, by the names that uses have here. */
    record Use(KerasConfig layer, List<String> reads) {}

    private final List<Use> uses = new ArrayList<>();
    /** By the name of a use, its layer after the networks around it. */
    private final Map<String, List<String>> places = new HashMap<>();

    private List<String> inputs;
    private List<String> outputs;

    private KerasExpansion() {}

    /** Of a network of any of Keras's own classes. */
    static KerasExpansion of(String kind, JsonElement settings) {
        KerasExpansion expansion = new KerasExpansion();
        expansion.outputs = expansion.network(kind, settings, List.of(), "", null);
        return expansion;
    }

    /** In an order in which each stands after what it reads. */
    List<Use> uses() {
        return uses;
    }

    /** Names of the inputs. */
    List<String> inputs() {
        return inputs;
    }

    /** Names of the uses that give the outputs. */
    List<String> outputs() {
        return outputs;
    }

    /** Arrays by the names of uses. */
    KerasFormat.Source of(KerasFormat.Source source) {
        return new KerasFormat.Source() {
            @Override
            public Map<String, KerasFormat.Array> arrays(String... use) {
                return source.arrays(places.get(use[0]).toArray(String[]::new));
            }

            @Override
            public boolean turned() {
                return source.turned();
            }
        };
    }

    /** Whether a layer is a network itself. */
    static boolean isNetwork(KerasConfig layer) {
        return NETWORKS.contains(layer.kind());
    }

    /** Adds the layers of a network that reads {@code given}, or has inputs of its own if that is null; gives its outputs. */
    private List<String> network(String kind, JsonElement json, List<String> path, String prefix, List<String> given) {
        return kind.equals("Sequential") ? chain(json, path, prefix, given) : graph(json, path, prefix, given);
    }

    private List<String> chain(JsonElement json, List<String> path, String prefix, List<String> given) {
        JsonElement list = json instanceof JsonObject object ? object.get("layers") : json;
        List<KerasConfig> layers = layers(list, path);
        List<String> reads = given;
        if (given == null) {
            boolean stated = layers.get(0).kind().equals("InputLayer");
            KerasConfig input = stated ? layers.get(0) : input(json, layers.get(0));
            reads = List.of(add(input, 0, path, prefix, List.of()));
            inputs = reads;
        }
        for (KerasConfig layer : layers) {
            if (!layer.kind().equals("InputLayer")) {
                reads = use(layer, 0, path, prefix, reads);
            }
        }
        return reads;
    }

    /** An input of the shape that the first layer of a chain, or the chain itself, states. */
    private static KerasConfig input(JsonElement network, KerasConfig first) {
        JsonElement shape = network instanceof JsonObject object ? object.get("build_input_shape") : null;
        for (String setting : SHAPES) {
            shape = first.has(setting) ? first.find(setting) : shape;
        }
        JsonObject config = new JsonObject();
        config.addProperty("name", first.name() + "_input");
        config.add("batch_shape", shape);
        return new KerasConfig(first.full(), "InputLayer", config);
    }

    private List<String> graph(JsonElement json, List<String> path, String prefix, List<String> given) {
        JsonObject settings = json instanceof JsonObject object ? object : new JsonObject();
        List<KerasConfig> layers = layers(settings.get("layers"), path);
        List<End> from = KerasWiring.ends(settings.get("input_layers"), "input_layers");
        List<End> to = KerasWiring.ends(settings.get("output_layers"), "output_layers");
        Map<End, String> made = new HashMap<>();
        if (given != null) {
            Require.that(
                    given.size() == from.size(),
                    "its network \"%s\" has inputs %s, but is applied to %s",
                    String.join("/", path),
                    from,
                    given);
            for (int i = 0; i < from.size(); i++) {
                made.put(from.get(i), given.get(i));
            }
        }
        List<Waiting> waiting = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int number = 0;
        for (KerasConfig layer : layers) {
            Require.that(names.add(layer.name()), "%s has the name of another layer", layer.full());
            JsonElement inbound = settings.getAsJsonArray("layers")
                    .get(number++)
                    .getAsJsonObject()
                    .get("inbound_nodes");
            List<List<End>> times = KerasWiring.uses(layer, inbound);
            if (times.isEmpty() && !(given != null && from.contains(new End(layer.name(), 0, 0)))) {
                waiting.add(new Waiting(layer, 0, List.of()));
            }
            for (int time = 0; time < times.size(); time++) {
                waiting.add(new Waiting(layer, time, times.get(time)));
            }
        }
        all(waiting, path, prefix, made);
        if (given == null) {
            inputs = from.stream().map(end -> made(made, end, "input")).toList();
        }
        return to.stream().map(end -> made(made, end, "output")).toList();
    }

    private static String made(Map<End, String> made, End end, String what) {
        Require.that(
                made.containsKey(end), "its %s %s is none of its layers; save the network again", what, end.layer());
        return made.get(end);
    }

    private record Waiting(KerasConfig layer, int time, List<End> reads) {}

    /** Each use once what it reads is there. */
    private void all(List<Waiting> waiting, List<String> path, String prefix, Map<End, String> made) {
        while (!waiting.isEmpty()) {
            Waiting next = waiting.stream()
                    .filter(use -> made.keySet().containsAll(use.reads()))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                Waiting stuck = waiting.get(0);
                throw new IllegalArgumentException(stuck.layer().full() + " reads " + stuck.reads()
                        + ", of which not all are layers before it; save the network again with Keras");
            }
            waiting.remove(next);
            List<String> reads = next.reads().stream().map(made::get).toList();
            List<String> given = use(next.layer(), next.time(), path, prefix, reads);
            for (int i = 0; i < given.size(); i++) {
                made.put(new End(next.layer().name(), next.time(), i), given.get(i));
            }
        }
    }

    private List<String> use(KerasConfig layer, int time, List<String> path, String prefix, List<String> reads) {
        if (!isNetwork(layer)) {
            return List.of(add(layer, time, path, prefix, reads));
        }
        String again = time == 0 ? "" : "@" + time;
        return network(layer.kind(), layer.json(), within(path, layer), prefix + layer.name() + again + "/", reads);
    }

    private String add(KerasConfig layer, int time, List<String> path, String prefix, List<String> reads) {
        Require.that(uses.size() < MOST_LAYERS, "it has more than %d layers", MOST_LAYERS);
        String name = prefix + layer.name() + (time == 0 ? "" : "@" + time);
        Require.that(!places.containsKey(name), "%s has the name of another layer", layer.full());
        places.put(name, within(path, layer));
        uses.add(new Use(layer.called(name), reads));
        return name;
    }

    private static List<String> within(List<String> path, KerasConfig layer) {
        List<String> longer = new ArrayList<>(path);
        longer.add(layer.name());
        return longer;
    }

    private static List<KerasConfig> layers(JsonElement list, List<String> path) {
        Require.that(
                list instanceof JsonArray array && !array.isEmpty(),
                "%s lists no layers; save the whole network again",
                path.isEmpty() ? "its model_config" : "its network \"" + String.join("/", path) + "\"");
        List<KerasConfig> layers = new ArrayList<>();
        for (JsonElement each : list.getAsJsonArray()) {
            layers.add(KerasConfig.of(layers.size() + 1, each));
        }
        return layers;
    }
}
