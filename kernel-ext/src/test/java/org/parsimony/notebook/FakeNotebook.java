package org.parsimony.notebook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.notebook.spi.Renderer;

/** A notebook that remembers what it was told; its expressions are the names of {@link #values}. */
public class FakeNotebook implements Notebook {

    public final Map<String, Magic> magics = new LinkedHashMap<>();
    public final Map<Class<?>, Renderer<?>> renderers = new HashMap<>();
    public final List<MimeBundle> shown = new ArrayList<>();
    public final List<String> evaluated = new ArrayList<>();
    public final Map<String, Object> values = new HashMap<>();

    @Override
    public void register(Magic magic) {
        magics.put(magic.name(), magic);
    }

    @Override
    public <T> void register(Class<T> type, Renderer<T> renderer) {
        renderers.put(type, renderer);
    }

    @Override
    public synchronized String display(MimeBundle content) {
        shown.add(content);
        return String.valueOf(shown.size() - 1);
    }

    @Override
    public synchronized void update(String id, MimeBundle content) {
        shown.set(Integer.parseInt(id), content);
    }

    @Override
    public Object eval(String code) {
        evaluated.add(code);
        if (!values.containsKey(code)) {
            throw new IllegalArgumentException("cannot find symbol " + code);
        }
        return values.get(code);
    }

    /** What was shown last. */
    public MimeBundle last() {
        return shown.get(shown.size() - 1);
    }
}
