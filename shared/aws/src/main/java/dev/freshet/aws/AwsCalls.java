package dev.freshet.aws;

import dev.freshet.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Translation of the exceptions that the AWS SDK throws. Most of them become {@link
 * StoreUnavailableException}, including a missing table and denied access: these are deployment
 * mistakes, so the record in work is retried and not given up. Only a request that AWS rejects as
 * invalid is a mistake of the caller.
 */
public final class AwsCalls {
    private static final Set<String> INVALID =
            Set.of("ValidationException", "InvalidArgumentException");
    private static final StoreFailures FAILURES = new StoreFailures(System::nanoTime);

    private AwsCalls() {}

    /**
     * Makes a call and translates its exceptions.
     *
     * @param store name of the store, the subject of the exception's message
     * @throws StoreUnavailableException if the call fails
     * @throws IllegalArgumentException if AWS rejects the request itself as invalid
     */
    public static <T> T call(String store, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            if (e instanceof AwsServiceException refusal
                    && errorCode(refusal).filter(INVALID::contains).isPresent()) {
                throw new IllegalArgumentException(store + " rejected the request as invalid", e);
            }
            throw unavailable(store, e);
        }
    }

    /** Returns the error code of a service's answer, such as {@code AccessDeniedException}. */
    public static Optional<String> errorCode(AwsServiceException refusal) {
        return Optional.ofNullable(refusal.awsErrorDetails()).map(AwsErrorDetails::errorCode);
    }

    /**
     * Returns the exception for a store whose call failed, after a warning in the log, which the
     * exception alone would not leave where a caller tries again or goes on without the store.
     *
     * @param store name of the store, the subject of the exception's message
     */
    public static StoreUnavailableException unavailable(String store, Exception cause) {
        FAILURES.log(store, cause);
        return new StoreUnavailableException(store, cause);
    }

    /**
     * Returns the exception for a store that answered, but not what it has to, after a warning.
     *
     * @param why of a few words, without data of the request
     */
    public static StoreUnavailableException unavailable(String store, String why) {
        FAILURES.log(store, why);
        return new StoreUnavailableException(store, why);
    }

    /**
     * Makes one call for each request, each on a virtual thread of its own, and returns the results
     * in the order of the requests. The concurrency is the number of requests, which the callers
     * bound.
     *
     * @param store name of the store in the message of an exception
     * @throws RuntimeException the first failure, as {@link #call} translates it
     */
    public static <Q, A> List<A> all(String store, List<Q> questions, Function<Q, A> ask) {
        if (questions.size() <= 1) {
            List<A> answers = new ArrayList<>();
            questions.forEach(q -> answers.add(call(store, () -> ask.apply(q))));
            return answers;
        }
        List<Callable<A>> calls = new ArrayList<>();
        questions.forEach(q -> calls.add(() -> call(store, () -> ask.apply(q))));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<A> answers = new ArrayList<>();
            for (Future<A> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(store, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
