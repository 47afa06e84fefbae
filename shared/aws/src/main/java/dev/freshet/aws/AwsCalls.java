package dev.freshet.aws;

import dev.freshet.store.StoreUnavailableException;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Translates what the SDK throws. Nearly all of it is a store that cannot serve now: also missing
 * tables and denied access, which are mistakes in deploying, so that a record meeting them is
 * retried and not given up. Only a request that AWS calls invalid is the caller's mistake.
 */
public final class AwsCalls {
    private static final Set<String> INVALID =
            Set.of("ValidationException", "InvalidArgumentException");

    private AwsCalls() {}

    /**
     * Makes a call.
     *
     * @param store the subject of the sentence that tells of a failure
     * @throws StoreUnavailableException when it fails
     * @throws IllegalArgumentException when AWS calls the request itself invalid
     */
    public static <T> T call(String store, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            if (e instanceof AwsServiceException refusal
                    && refusal.awsErrorDetails() != null
                    && INVALID.contains(refusal.awsErrorDetails().errorCode())) {
                throw new IllegalArgumentException(store + " refuses an invalid request", e);
            }
            throw new StoreUnavailableException(store, e);
        }
    }
}
