package dev.freshet.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Views of ports, through which every call of a store passes. */
final class View {
    private View() {}

    /** What becomes of a call. */
    interface Handler {
        /**
         * Returns the answer to a call.
         *
         * @param method its name
         * @param call passes it on to the store
         */
        @Nullable Object handle(String method, Object[] arguments, Supplier<@Nullable Object> call)
                throws Exception;
    }

    static <T> T of(Class<T> port, T store, Handler handler) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (proxy, method, arguments) ->
                                handler.handle(
                                        method.getName(),
                                        arguments,
                                        () -> call(store, method, arguments))));
    }

    private static @Nullable Object call(Object store, Method method, Object[] arguments) {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getTargetException();
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(cause);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
