package dev.freshet.features;

import dev.freshet.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Injects faults into a port: a call may fail before it reaches the store, or after the store has
 * applied it.
 */
public final class Faults {
    /** One call of one port, numbered from 1 by method. */
    public record Call(String method, int number, Object[] arguments) {
        /** Returns whether it is the call of this method with this number. */
        public boolean is(String name, int ordinal) {
            return method.equals(name) && number == ordinal;
        }
    }

    private Faults() {}

    /** Returns the port; calls that fail do not reach the store. */
    public static <T> T before(Class<T> port, T store, Predicate<Call> fails) {
        return faulty(port, store, fails, false);
    }

    /**
     * Returns the port; calls that fail are applied by the store, so that their outcome is unknown.
     */
    public static <T> T after(Class<T> port, T store, Predicate<Call> fails) {
        return faulty(port, store, fails, true);
    }

    /** Returns the port, with an action that runs before each call. */
    public static <T> T on(Class<T> port, T store, Consumer<Call> deed) {
        return before(
                port,
                store,
                call -> {
                    deed.accept(call);
                    return false;
                });
    }

    /**
     * Returns the port, with an action that runs right after the first call of this method returns.
     */
    public static <T> T then(Class<T> port, T store, String method, Runnable deed) {
        AtomicInteger calls = new AtomicInteger();
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (proxy, called, arguments) -> {
                            try {
                                Object answer = called.invoke(store, arguments);
                                if (called.getName().equals(method)
                                        && calls.getAndIncrement() == 0) {
                                    deed.run();
                                }
                                return answer;
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getTargetException();
                            }
                        }));
    }

    private static <T> T faulty(Class<T> port, T store, Predicate<Call> fails, boolean taken) {
        Map<String, AtomicInteger> numbers = new ConcurrentHashMap<>();
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (proxy, method, arguments) -> {
                            int number =
                                    numbers.computeIfAbsent(
                                                    method.getName(), m -> new AtomicInteger())
                                            .incrementAndGet();
                            boolean failing =
                                    fails.test(new Call(method.getName(), number, arguments));
                            if (failing && !taken) {
                                throw unavailable(port);
                            }
                            try {
                                Object answer = method.invoke(store, arguments);
                                if (failing) {
                                    throw unavailable(port);
                                }
                                return answer;
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        }));
    }

    private static StoreUnavailableException unavailable(Class<?> port) {
        return new StoreUnavailableException(
                port.getSimpleName(), new IllegalStateException("injected"));
    }
}
