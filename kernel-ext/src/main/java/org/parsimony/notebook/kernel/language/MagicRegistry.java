package org.parsimony.notebook.kernel.language;

import io.github.spencerpark.jupyter.kernel.magic.registry.CellMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.parsimony.notebook.spi.Magic;

/**
 * Every magic of the kernel: those of this project's extensions, and those that notebooks written for IJava register.
 */
public final class MagicRegistry extends Magics implements MagicSyntax.Names {

    /** A magic was called that is not there. */
    public static final class UnknownMagicException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        UnknownMagicException(String percent, String name, Set<String> known) {
            super("no magic " + percent + name + "; there are " + percent + String.join(", " + percent, known));
        }
    }

    /** A line magic as a cell calls it. */
    public record Call(String name, List<String> arguments) {}

    private final List<Call> calls = new ArrayList<>();
    private final Map<Call, Integer> numbers = new HashMap<>();
    private final Map<String, Magic> magics = new ConcurrentSkipListMap<>();
    private final Map<String, LineMagicFunction<?>> lines = new ConcurrentSkipListMap<>();
    private final Map<String, CellMagicFunction<?>> cells = new ConcurrentSkipListMap<>();

    /** Registers a magic of an extension, in the place of one of its name. */
    public void register(Magic magic) {
        magics.put(magic.name(), magic);
        lines.put(magic.name(), arguments -> magic.run(arguments, null));
        if (magic.takesBody()) {
            cells.put(magic.name(), magic::run);
        }
    }

    @Override
    public void registerLineMagic(String name, LineMagicFunction<?> magic) {
        magics.remove(name);
        lines.put(name, magic);
    }

    @Override
    public void registerCellMagic(String name, CellMagicFunction<?> magic) {
        cells.put(name, magic);
    }

    @Override
    public <T extends LineMagicFunction<?> & CellMagicFunction<?>> void registerLineCellMagic(String name, T magic) {
        registerLineMagic(name, magic);
        registerCellMagic(name, magic);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T applyLineMagic(String name, List<String> arguments) throws Exception {
        LineMagicFunction<?> magic = lines.get(name);
        if (magic == null) {
            throw new UnknownMagicException("%", name, lines.keySet());
        }
        return (T) magic.execute(arguments);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T applyCellMagic(String name, List<String> arguments, String body) throws Exception {
        CellMagicFunction<?> magic = cells.get(name);
        if (magic == null) {
            throw new UnknownMagicException("%%", name, cells.keySet());
        }
        return (T) magic.execute(arguments, body);
    }

    /** The magic of that name, or null; magics registered the way of IJava are functions without a name and not here. */
    public Magic find(String name) {
        return magics.get(name);
    }

    /** Names of line magics, or of cell magics, in alphabetical order. */
    public Set<String> names(boolean ofCells) {
        return new TreeSet<>(ofCells ? cells.keySet() : lines.keySet());
    }

    @Override
    public boolean contains(String name) {
        return lines.containsKey(name);
    }

    @Override
    public String valueType(String name, List<String> arguments) {
        Magic magic = magics.get(name);
        if (magic == null || magic.resultType() == Void.class || magic.resultType() == void.class) {
            return null;
        }
        Class<?> type = magic.resultType(arguments);
        return type.getCanonicalName() != null && Modifier.isPublic(type.getModifiers())
                ? type.getCanonicalName()
                : null;
    }

    @Override
    public boolean showsValue(String name) {
        Magic magic = magics.get(name);
        return magic != null && magic.resultType() != Void.class && magic.resultType() != void.class;
    }

    @Override
    public int remember(String name, List<String> arguments) {
        synchronized (calls) {
            // The same call again, as in a cell that runs in a loop, is the same number: memory stays as it is.
            return numbers.computeIfAbsent(new Call(name, List.copyOf(arguments)), call -> {
                calls.add(call);
                return calls.size() - 1;
            });
        }
    }

    /** The call that {@link #remember} keeps under {@code number}. */
    public Call call(int number) {
        synchronized (calls) {
            return calls.get(number);
        }
    }

    /** These names for a text that is only looked at: its calls are not kept. */
    public MagicSyntax.Names forLooking() {
        MagicRegistry registry = this;
        return new MagicSyntax.Names() {
            @Override
            public boolean contains(String name) {
                return registry.contains(name);
            }

            @Override
            public String valueType(String name, List<String> arguments) {
                return registry.valueType(name, arguments);
            }

            @Override
            public boolean showsValue(String name) {
                return registry.showsValue(name);
            }

            @Override
            public boolean takesRawText(String name) {
                return registry.takesRawText(name);
            }

            @Override
            public int remember(String name, List<String> arguments) {
                return 0;
            }
        };
    }

    @Override
    public boolean takesRawText(String name) {
        return magics.get(name) instanceof TimeMagic;
    }
}
