package dev.freshet.privacy;

import dev.freshet.profile.Tombstone;
import java.time.Duration;
import java.time.Instant;

/** The result of a request to erase a user. */
public sealed interface ErasureResult permits ErasureReceipt, ErasureResult.Deferred {
    /**
     * The request came too soon after the latest erasure of the id, which is still under way or has
     * been followed by new data. Nothing was done.
     *
     * @param delay time until a further erasure of the id may begin
     */
    record Deferred(Duration delay) implements ErasureResult {
        /** Returns the result of a request that came too soon after this erasure. */
        static Deferred behind(Tombstone recent, Instant now) {
            return new Deferred(
                    Duration.between(now, recent.erasedAt().plus(ErasureFlow.LEAST_INTERVAL)));
        }
    }
}
