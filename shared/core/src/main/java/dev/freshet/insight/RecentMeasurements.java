package dev.freshet.insight;

import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measurements that are read again once the last ones are old enough, as {@link Recent} says. While
 * the source does not answer, the last figures stay, with their age. Safe for use by several
 * threads, of which one reads.
 */
public final class RecentMeasurements implements Measurements {
    private final Recent<Flow> recent;

    /**
     * Creates a cache in front of a source.
     *
     * @param fresh the age at which figures are read again
     * @param failures receives each failed read
     */
    public RecentMeasurements(
            Measurements source, Duration fresh, Consumer<StoreUnavailableException> failures) {
        this.recent = new Recent<>(source::flow, fresh, failures);
    }

    @Override
    public Optional<Flow> flow(Instant now) {
        return recent.get(now);
    }
}
