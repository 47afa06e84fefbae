package dev.freshet.insight;

import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measurements that are read again once the last ones are old enough. While the source does not
 * answer, the last figures stay, with their age, for at most {@link #KEPT}; the source is then
 * asked at most each {@link #RETRY}. Nothing is read in the background, because a frozen process
 * does not run. Safe for use by several threads, of which one reads.
 */
public final class RecentMeasurements implements Measurements {
    /** The least time between two reads after one that failed. */
    static final Duration RETRY = Duration.ofSeconds(10);

    /** The age up to which figures are returned. */
    static final Duration KEPT = Duration.ofMinutes(15);

    private final Measurements source;
    private final Duration fresh;
    private final Consumer<StoreUnavailableException> failures;
    private Instant nextRead = Instant.MIN;
    private Instant readAt = Instant.MIN;
    private @Nullable Flow last;

    /**
     * Creates a cache in front of a source.
     *
     * @param fresh the age at which figures are read again
     * @param failures receives each failed read
     */
    public RecentMeasurements(
            Measurements source, Duration fresh, Consumer<StoreUnavailableException> failures) {
        this.source = source;
        this.fresh = fresh;
        this.failures = failures;
    }

    @Override
    public synchronized Optional<Flow> flow(Instant now) {
        if (!now.isBefore(nextRead)) {
            try {
                last = source.flow(now).orElse(null);
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
