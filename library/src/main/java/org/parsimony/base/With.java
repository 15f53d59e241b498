package org.parsimony.base;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Copies of records with one component changed, for options of many components. */
public final class With {

    private With() {}

    /**
     * {@code record} with another value of {@code component}, made and checked by its canonical constructor.
     *
     * @throws IllegalArgumentException if the record has no such component, and whatever its constructor refuses
     */
    public static <R extends Record> R component(R record, String component, Object value) {
        @SuppressWarnings("unchecked")
        Class<R> type = (Class<R>) record.getClass();
        RecordComponent[] components = type.getRecordComponents();
        Require.that(
                Arrays.stream(components).anyMatch(c -> c.getName().equals(component)),
                "%s has no component %s",
                type.getSimpleName(),
                component);
        try {
            Object[] values = new Object[components.length];
            for (int c = 0; c < components.length; c++) {
                boolean changed = components[c].getName().equals(component);
                values[c] = changed ? value : components[c].getAccessor().invoke(record);
            }
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be copied", e);
        }
    }
}
