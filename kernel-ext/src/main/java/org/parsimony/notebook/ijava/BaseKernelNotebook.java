package org.parsimony.notebook.ijava;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.notebook.spi.Renderer;

/** A {@link Notebook} on any kernel that is built on IJava's base library: stock IJava, and this project's own. */
public class BaseKernelNotebook implements Notebook {

    private static final String[] TYPES = {
        MimeBundle.TEXT,
        MimeBundle.HTML,
        MimeBundle.SVG,
        MimeBundle.PNG,
        MimeBundle.LATEX,
        "text/markdown",
        MimeBundle.WIDGET
    };

    private static final Gson GSON = new Gson();

    private final BaseKernel kernel;
    private final Magics magics;
    private final Evaluator evaluator;

    /** Evaluates a cell to an object. */
    @FunctionalInterface
    public interface Evaluator {
        Object eval(String code) throws Exception;
    }

    /**
     * @param kernel where values are shown
     * @param magics the registry that the kernel's cells use
     * @param evaluator how the kernel evaluates a cell
     */
    public BaseKernelNotebook(BaseKernel kernel, Magics magics, Evaluator evaluator) {
        this.kernel = kernel;
        this.magics = magics;
        this.evaluator = evaluator;
    }

    @Override
    public void register(Magic magic) {
        magics.registerLineMagic(magic.name(), arguments -> magic.run(arguments, null));
        if (magic.takesBody()) {
            magics.registerCellMagic(magic.name(), magic::run);
        }
    }

    @Override
    public <T> void register(Class<T> type, Renderer<T> renderer) {
        kernel.getRenderer().createRegistration(type).preferring(TYPES).register((value, context) -> renderer.render(
                        value)
                .data()
                .forEach((form, content) ->
                        context.renderIfRequested(MIMEType.parse(form), () -> published(form, content))));
    }

    @Override
    public String display(MimeBundle content) {
        DisplayData data = data(content);
        String id = UUID.randomUUID().toString();
        data.setDisplayId(id);
        kernel.display(data);
        return id;
    }

    @Override
    public void update(String id, MimeBundle content) {
        kernel.getIO().display.updateDisplay(id, data(content));
    }

    @Override
    public Object eval(String code) throws Exception {
        return evaluator.eval(code);
    }

    /** The bundle as the base library publishes it. */
    public static DisplayData data(MimeBundle bundle) {
        DisplayData data = new DisplayData();
        bundle.data().forEach((form, content) -> data.putData(form, published(form, content)));
        return data;
    }

    /** A form's content as a message has it: JSON as JSON, all else as a string. */
    private static Object published(String form, String content) {
        return form.endsWith("+json") ? JsonParser.parseString(content) : content;
    }

    @Override
    public MimeBundle render(Object value) {
        if (value instanceof MimeBundle bundle) {
            return bundle;
        }
        JsonObject forms = GSON.toJsonTree(kernel.getRenderer().render(value))
                .getAsJsonObject()
                .getAsJsonObject("data");
        Map<String, String> data = new LinkedHashMap<>();
        forms.entrySet().forEach(form -> data.put(form.getKey(), text(form.getValue())));
        return new MimeBundle(data);
    }

    private static String text(JsonElement content) {
        return content.isJsonPrimitive() ? content.getAsString() : content.toString();
    }
}
