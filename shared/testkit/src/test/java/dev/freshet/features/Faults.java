package dev.freshet.features;

import dev.freshet.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Puts faults in front of a port: a call may fail before it reaches the store, or after the store
 * has taken it.
 */
public final class Faults {
    /** One call of one port, numbered from 1 by method. */
    public record Call(String method, int number, Object[] arguments) {}

    private Faults() {}

    /** The port, not reached by calls that fail. */
    public static <T> T before(Class<T> port, T store, Predicate<Call> fails) {
        return faulty(port, store, fails, false);
    }

    /** The port, whose store takes calls that fail all the same: nobody knows. */
    public static <T> T after(Class<T> port, T store, Predicate<Call> fails) {
        return faulty(port, store, fails, true);
    }

    /** The port, with something done right after the first call of this method was answered. */
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
