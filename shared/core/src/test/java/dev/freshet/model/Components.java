package dev.freshet.model;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Copies of records of many components with another value of one. */
public final class Components {
    private Components() {}

    /** Returns a copy of a record in which the component of this name has another value. */
    public static <R extends Record> R with(R record, String name, @Nullable Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int at = 0; at < components.length; at++) {
                Method accessor = components[at].getAccessor();
                types[at] = components[at].getType();
                values[at] =
                        components[at].getName().equals(name) ? value : accessor.invoke(record);
            }
            @SuppressWarnings("unchecked")
            Constructor<R> constructor =
                    (Constructor<R>) record.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record without public components", e);
        }
    }
}
