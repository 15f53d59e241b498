package org.parsimony.notebook.kernel.shell;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import jdk.jshell.spi.SPIResolutionException;

/**
 * Runs JShell's snippets in this JVM and keeps their values as objects: JShell itself knows values as strings only.
 *
 * <p>From JDK 20 on the superclass weaves a check into the loops of every snippet, by which {@link #stopLoops} ends them.
 */
public final class CellExecutionControl extends LocalExecutionControl {

    private static final String NOTHING = "nothing";

    private final CellRunner runner;
    private final Map<String, Object> values = new ConcurrentHashMap<>();
    private final AtomicLong keys = new AtomicLong();
    private volatile Throwable thrown;
    private volatile CellRunner.StoppedException stopped;
    private volatile ClassLoader loader;
    private boolean prepared;
    private volatile boolean rehearsal;
    private volatile Class<?> last;

    /** @param runner runs what JShell has compiled, in this process */
    public CellExecutionControl(CellRunner runner) {
        this.runner = runner;
    }

    /** A provider of this one control. */
    public ExecutionControlProvider provider() {
        return new ExecutionControlProvider() {
            @Override
            public String name() {
                return "parsimony";
            }

            @Override
            public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
                return CellExecutionControl.this;
            }
        };
    }

    /** The target of the superclass's first invocation, by which it defines the class that holds its stop flag. */
    public static void prepare() {}

    @Override
    protected String invoke(Method snippet) throws Exception {
        if (!prepared) {
            prepared = true;
            super.invoke(CellExecutionControl.class.getMethod("prepare"));
        }
        last = snippet.getDeclaringClass();
        loader = last.getClassLoader();
        if (rehearsal) {
            return NOTHING;
        }
        try {
            Object value = runner.run(() -> {
                Thread.currentThread().setContextClassLoader(loader);
                return snippet.invoke(null);
            });
            if (value == null) {
                return NOTHING;
            }
            String key = "value " + keys.incrementAndGet();
            values.put(key, value);
            return key;
        } catch (CellRunner.StoppedException e) {
            stopped = e;
            throw new StoppedException();
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
            throw e;
        }
    }

    /**
     * Tells JShell of an exception: of what it makes of causes and messages nothing is used, and an exception whose message
     * fails, or that is its own cause, would be its end.
     */
    @Override
    protected String throwConvertedInvocationException(Throwable cause) throws RunException, InternalException {
        if (cause instanceof SPIResolutionException) {
            return super.throwConvertedInvocationException(cause);
        }
        throw new UserException("", cause.getClass().getName(), new StackTraceElement[0]);
    }

    /** Whether snippets are compiled and loaded but not run. */
    void rehearse(boolean on) {
        rehearsal = on;
    }

    /** The class of that name among those that snippets became, or null. */
    Class<?> loaded(String name) {
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** The object behind what JShell holds as a snippet's value; null for none. Forgets it: ask once. */
    public Object take(String key) {
        return key == null ? null : values.remove(key);
    }

    /** Has the class of the last snippet no longer hold the value of its variable of that name. */
    void letGo(String variable) {
        try {
            Field field = last.getDeclaredField(variable);
            if (!field.getType().isPrimitive()) {
                field.setAccessible(true); // the class is not public
                field.set(null, null);
            }
        } catch (ReflectiveOperationException e) {
            // another JDK holds it elsewhere: it stays, as with jshell
        }
    }

    /** The last exception that left a snippet, as it was thrown. */
    public Throwable thrown() {
        return thrown;
    }

    /** Why the last snippet was stopped, or null; forgets it. */
    public CellRunner.StoppedException takeStopped() {
        CellRunner.StoppedException result = stopped;
        stopped = null;
        return result;
    }

    /** The loader of the cells' classes: sees what was added to the class path. Null before the first statement. */
    public ClassLoader loader() {
        return loader;
    }

    /** Ends every loop of the cells' own code at its next turn, where the JDK weaves the check for it. */
    public void stopLoops(boolean stop) {
        try {
            findClass("REPL.$Cancel$").getField("allStop").setBoolean(null, stop);
        } catch (ReflectiveOperationException e) {
            // JDK 19 and earlier: threads can be stopped instead
        }
    }
}
