package dev.freshet.insight;

import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that is read again once the last one is old enough. While the source does not answer, the
 * last value stays for at most {@link #KEPT}; the source is then asked at most each {@link #RETRY}.
 * Nothing is read in the background, because a frozen process does not run. Safe for use by several
 * threads, of which one reads.
 */
public final class CachedValue<T> {
    /** The least time between two reads after one that failed. */
    static final Duration RETRY = Duration.ofSeconds(10);

    /** The age up to which a value is returned. */
    static final Duration KEPT = Duration.ofMinutes(15);

    private final Function<Instant, Optional<T>> source;
    private final Duration fresh;
    private final Consumer<StoreUnavailableException> failures;
    private Instant nextRead = Instant.MIN;
    private Instant readAt = Instant.MIN;
    private @Nullable T last;

    /**
     * Creates a cache in front of a source.
     *
     * @param fresh the age at which the value is read again
     * @param failures receives each failed read
     */
    public CachedValue(
            Function<Instant, Optional<T>> source,
            Duration fresh,
            Consumer<StoreUnavailableException> failures) {
        this.source = source;
        this.fresh = fresh;
        this.failures = failures;
    }

    /** Returns the value; empty if there is none, or none that is young enough. */
    public synchronized Optional<T> get(Instant now) {
        if (!now.isBefore(nextRead)) {
            try {
                last = source.apply(now).orElse(null);
                readAt = now;
                nextRead = now.plus(fresh);
            } catch (StoreUnavailableException unanswered) {
                failures.accept(unanswered);
                nextRead = now.plus(RETRY);
            }
        }
        return Optional.ofNullable(last).filter(_ -> !now.isAfter(readAt.plus(KEPT)));
    }
}
