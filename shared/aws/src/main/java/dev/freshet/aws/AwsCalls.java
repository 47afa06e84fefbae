package dev.freshet.aws;

import dev.freshet.store.StoreUnavailableException;
import java.util.Set;
import java.util.function.Supplier;
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
                    && refusal.awsErrorDetails() != null
                    && INVALID.contains(refusal.awsErrorDetails().errorCode())) {
                throw new IllegalArgumentException(store + " rejected the request as invalid", e);
            }
            throw new StoreUnavailableException(store, e);
        }
    }
}
