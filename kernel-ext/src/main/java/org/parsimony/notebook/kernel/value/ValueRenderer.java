package org.parsimony.notebook.kernel.value;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.DisplayDataRenderable;
import io.github.spencerpark.jupyter.kernel.display.RenderFunction;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.common.Image;
import io.github.spencerpark.jupyter.kernel.display.common.Text;
import io.github.spencerpark.jupyter.kernel.display.common.Url;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.awt.image.RenderedImage;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;

/**
 * The base library's renderer, by which values of registered types are shown, with {@link ValueText} for all others: the
 * base library has their bare {@code toString}.
 */
public final class ValueRenderer extends Renderer {

    private final Set<Class<?>> known = new CopyOnWriteArraySet<>();
    private final Function<Throwable, String> traces;

    /** @param traces how an exception that is a value is written */
    public ValueRenderer(Function<Throwable, String> traces) {
        this.traces = traces;
        Image.registerAll(this);
        Url.registerAll(this);
        Text.registerAll(this);
        known.remove(CharSequence.class); // shown as text of any length
        known.remove(InputStream.class); // would be read
    }

    @Override
    public <T> void register(
            Set<MIMEType> supported,
            Set<MIMEType> preferred,
            Set<Class<? extends T>> types,
            RenderFunction<T> function) {
        super.register(supported, preferred, types, function);
        // The base constructor's own call comes before this object's fields are there.
        if (known != null) {
            known.addAll(types);
        }
    }

    @Override
    public DisplayData render(Object value, Map<String, Object> parameters) {
        if (value instanceof RenderedImage image) {
            return rendered(image, parameters);
        }
        boolean registered =
                value instanceof DisplayDataRenderable || known.stream().anyMatch(type -> type.isInstance(value));
        return registered ? super.render(value, parameters) : new DisplayData(ValueText.of(value, traces));
    }

    private DisplayData rendered(RenderedImage image, Map<String, Object> parameters) {
        DisplayData data = super.render(image, parameters);
        data.putText(image.getWidth() + " × " + image.getHeight() + " image");
        return data;
    }

    @Override
    public DisplayData render(Object value) {
        return render(value, Map.of());
    }
}
