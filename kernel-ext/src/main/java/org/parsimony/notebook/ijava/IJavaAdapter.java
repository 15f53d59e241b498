package org.parsimony.notebook.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.parsimony.notebook.spi.Extension;

/**
 * Brings every {@link Extension} into stock IJava, from a startup script or a first cell:
 *
 * <pre>{@code
 * %jars /path/to/parsimony/*.jar
 * eval(org.parsimony.notebook.ijava.IJavaAdapter.install());
 * }</pre>
 *
 * <p>IJava is on no registry, so its one class that is not in the base library is called by reflection.
 */
public final class IJavaAdapter {

    private static final String IJAVA = "io.github.spencerpark.ijava.IJava";

    private IJavaAdapter() {}

    /**
     * Registers magics and renderers with the running IJava.
     *
     * @return the import statements for the notebook, to be given to IJava's {@code eval}
     * @throws IllegalStateException if this does not run inside IJava
     */
    public static String install() {
        try {
            Object kernel = Class.forName(IJAVA).getMethod("getKernelInstance").invoke(null);
            if (kernel == null) {
                throw new IllegalStateException("IJava is on the class path but no IJava kernel is running");
            }
            Magics magics = (Magics) kernel.getClass().getMethod("getMagics").invoke(kernel);
            Method evalRaw = kernel.getClass().getMethod("evalRaw", String.class);
            return install((BaseKernel) kernel, magics, code -> call(evalRaw, kernel, code));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is no IJava kernel (" + e.getMessage() + ")", e);
        }
    }

    /** Registers magics and renderers with {@code kernel}; returns the imports as Java source. */
    static String install(BaseKernel kernel, Magics magics, BaseKernelNotebook.Evaluator evaluator) {
        BaseKernelNotebook notebook = new BaseKernelNotebook(kernel, magics, evaluator);
        List<Extension> extensions = ServiceLoader.load(Extension.class, IJavaAdapter.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        extensions.forEach(extension -> extension.install(notebook));
        return extensions.stream()
                .flatMap(extension -> extension.imports().stream())
                .map(name -> "import " + name + ";")
                .collect(Collectors.joining("\n"));
    }

    private static Object call(Method method, Object target, String code) throws Exception {
        try {
            return method.invoke(target, code);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
