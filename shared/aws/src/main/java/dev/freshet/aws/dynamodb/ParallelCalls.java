package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Concurrent execution of independent requests, one virtual thread each. The concurrency is the
 * number of requests, which the callers bound.
 */
final class ParallelCalls {
    private ParallelCalls() {}

    /**
     * Makes one call for each request and returns the results in the order of the requests.
     *
     * @param store name of the store in the message of an exception
     * @throws RuntimeException the first failure, as translated by {@link AwsCalls}
     */
    static <Q, A> List<A> all(String store, List<Q> questions, Function<Q, A> ask) {
        if (questions.size() <= 1) {
            List<A> answers = new ArrayList<>();
            questions.forEach(q -> answers.add(AwsCalls.call(store, () -> ask.apply(q))));
            return answers;
        }
        List<Callable<A>> calls = new ArrayList<>();
        questions.forEach(q -> calls.add(() -> AwsCalls.call(store, () -> ask.apply(q))));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<A> answers = new ArrayList<>();
            for (Future<A> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(store, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
