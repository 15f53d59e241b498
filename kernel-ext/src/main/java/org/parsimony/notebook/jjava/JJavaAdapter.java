package org.parsimony.notebook.jjava;

import java.util.ServiceLoader;
import java.util.UUID;
import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Notebook;
import org.parsimony.notebook.spi.Renderer;

/** Brings every extension of this project into stock JJava, which finds this class as soon as its jar is added. */
public final class JJavaAdapter implements Extension {

    private static final String[] TYPES = {
        MimeBundle.TEXT, MimeBundle.HTML, MimeBundle.SVG, MimeBundle.PNG, MimeBundle.LATEX, "text/markdown"
    };

    @Override
    public void install(BaseKernel kernel) {
        Notebook notebook = new KernelNotebook(kernel);
        for (org.parsimony.notebook.spi.Extension extension :
                ServiceLoader.load(org.parsimony.notebook.spi.Extension.class, JJavaAdapter.class.getClassLoader())) {
            extension.install(notebook);
            kernel.evalRaw(extension.imports().stream()
                    .map(name -> "import " + name + ";")
                    .collect(Collectors.joining("\n")));
        }
    }

    private record KernelNotebook(BaseKernel kernel) implements Notebook {

        @Override
        public void register(Magic magic) {
            kernel.getMagicsRegistry()
                    .registerLineMagic(magic.name(), (in, arguments) -> shownIfLost(magic.run(arguments, null)));
            if (magic.takesBody()) {
                kernel.getMagicsRegistry()
                        .registerCellMagic(
                                magic.name(), (in, arguments, body) -> shownIfLost(magic.run(arguments, body)));
            }
        }

        /** Shows a magic's value itself where the kernel will not. */
        private Object shownIfLost(Object value) {
            if (value != null && losesValues()) {
                DisplayData data = value instanceof DisplayData ready
                        ? ready
                        : kernel.getRenderer().render(value);
                data.setDisplayId(UUID.randomUUID().toString());
                kernel.display(data);
            }
            return value;
        }

        /** JJava up to 1.0-a6 puts an empty block behind each magic, so that a cell never ends with a magic's value. */
        private boolean losesValues() {
            try {
                return kernel.getMagicParser().resolveMagics("%magic").strip().endsWith("{};");
            } catch (NoSuchMethodError e) {
                return false; // a later JJava, which has another parser and shows what a magic returns
            }
        }

        @Override
        public <T> void register(Class<T> type, Renderer<T> renderer) {
            kernel.getRenderer()
                    .createRegistration(type)
                    .preferring(TYPES)
                    .register((value, context) -> renderer.render(value)
                            .data()
                            .forEach(
                                    (form, content) -> context.renderIfRequested(MIMEType.parse(form), () -> content)));
        }

        @Override
        public String display(MimeBundle content) {
            String id = UUID.randomUUID().toString();
            DisplayData data = data(content);
            data.setDisplayId(id);
            kernel.display(data);
            return id;
        }

        @Override
        public void update(String id, MimeBundle content) {
            kernel.getIO().display.updateDisplay(id, data(content));
        }

        @Override
        public Object eval(String code) {
            return kernel.evalRaw(code);
        }

        private static DisplayData data(MimeBundle bundle) {
            DisplayData data = new DisplayData();
            bundle.data().forEach(data::putData);
            return data;
        }
    }
}
