package dev.freshet.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Requests from 64 threads that begin together. */
final class AtOnce {
    static final int THREADS = 64;

    private AtOnce() {}

    /**
     * Returns the answers to the requests {@code 0} to {@code requests - 1}, in this order. A
     * request that throws fails the call.
     *
     * @param requests a multiple of {@link #THREADS}
     */
    static <T> List<T> answers(int requests, IntFunction<T> ask) throws Exception {
        CyclicBarrier begin = new CyclicBarrier(THREADS);
        List<Callable<List<T>>> threads =
                IntStream.range(0, THREADS)
                        .<Callable<List<T>>>mapToObj(
                                thread ->
                                        () -> {
                                            begin.await();
                                            List<T> own = new ArrayList<>();
                                            for (int i = thread; i < requests; i += THREADS) {
                                                own.add(ask.apply(i));
                                            }
                                            return own;
                                        })
                        .toList();
        List<List<T>> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
            for (Future<List<T>> each : executor.invokeAll(threads)) {
                answers.add(each.get());
            }
        }
        return IntStream.range(0, requests)
                .mapToObj(i -> answers.get(i % THREADS).get(i / THREADS))
                .toList();
    }
}
