package dev.freshet.insight;

import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;

/**
 * Port to what is measured of the flows of a stack. It is asked only to answer a request for
 * insights, so that no recommendation ever waits for it.
 */
@FunctionalInterface
public interface Measurements {
    /** Where nothing is measured. */
    Measurements NONE = now -> Optional.empty();

    /**
     * Returns the figures of the last hour; empty if nothing is measured.
     *
     * @throws StoreUnavailableException if they cannot be read in time
     */
    Optional<Flow> flow(Instant now);
}
