package dev.freshet.features;

import dev.freshet.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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

    /** What becomes of a call. */
    public interface Around {
        /**
         * Returns the answer to a call.
         *
         * @param real passes it on to the store
         */
        @Nullable Object answer(Call call, Callable<@Nullable Object> real) throws Exception;
    }

    /** Returns the port, of which each call becomes what is said. */
    public static <T> T around(Class<T> port, T store, Around around) {
        Map<String, AtomicInteger> numbers = new ConcurrentHashMap<>();
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (proxy, method, arguments) -> {
                            String name = method.getName();
                            int number =
                                    numbers.computeIfAbsent(name, _ -> new AtomicInteger())
                                            .incrementAndGet();
                            try {
                                return around.answer(
                                        new Call(name, number, arguments),
                                        () -> method.invoke(store, arguments));
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        }));
    }

    /** Returns the port; calls that fail do not reach the store. */
    public static <T> T before(Class<T> port, T store, Predicate<Call> fails) {
        return on(
                port,
                store,
                call -> {
                    if (fails.test(call)) {
                        throw unavailable(port);
                    }
                });
    }

    /**
     * Returns the port; calls that fail are applied by the store, so that their outcome is unknown.
     */
    public static <T> T after(Class<T> port, T store, Predicate<Call> fails) {
        return around(
                port,
                store,
                (call, real) -> {
                    boolean failing = fails.test(call);
                    Object answer = real.call();
                    if (failing) {
                        throw unavailable(port);
                    }
                    return answer;
                });
    }

    /** Returns the port, with an action that runs before each call. */
    public static <T> T on(Class<T> port, T store, Consumer<Call> deed) {
        return around(
                port,
                store,
                (call, real) -> {
                    deed.accept(call);
                    return real.call();
                });
    }

    /**
     * Returns the port, with an action that runs right after the first call of this method returns.
     */
    public static <T> T then(Class<T> port, T store, String method, Runnable deed) {
        return around(
                port,
                store,
                (call, real) -> {
                    Object answer = real.call();
                    if (call.is(method, 1)) {
                        deed.run();
                    }
                    return answer;
                });
    }

    private static StoreUnavailableException unavailable(Class<?> port) {
        return new StoreUnavailableException(
                port.getSimpleName(), new IllegalStateException("injected"));
    }
}
