package org.parsimony.notebook.kernel;

import java.util.List;
import org.parsimony.notebook.spi.Extension;
import org.parsimony.notebook.spi.Magic;
import org.parsimony.notebook.spi.MimeBundle;
import org.parsimony.notebook.spi.Notebook;

/** A little extension, by which the tests see what an extension can do. */
public final class SampleExtension implements Extension {

    /** A value with a renderer. */
    public record Sample(int size) {}

    @Override
    public List<String> imports() {
        return List.of("java.nio.file.Path", SampleExtension.class.getName() + ".Sample");
    }

    @Override
    public void install(Notebook notebook) {
        notebook.register(
                Sample.class,
                sample -> MimeBundle.html("<b>" + sample.size() + " units</b>", sample.size() + " units"));
        notebook.register(new Magic() {
            @Override
            public String name() {
                return "sample";
            }

            @Override
            public String summary() {
                return "makes a sample";
            }

            @Override
            public Class<?> resultType() {
                return Sample.class;
            }

            @Override
            public boolean takesBody() {
                return true;
            }

            @Override
            public Object run(List<String> arguments, String body) {
                if (arguments.isEmpty()) {
                    throw new IllegalArgumentException("--size is missing; it must be a whole number above 0");
                }
                return new Sample(Integer.parseInt(arguments.get(1)) + (body == null ? 0 : body.length()));
            }

            @Override
            public List<String> complete(List<String> arguments, String prefix) {
                return List.of("--size", "--seed").stream()
                        .filter(option -> option.startsWith(prefix))
                        .toList();
            }
        });
    }
}
