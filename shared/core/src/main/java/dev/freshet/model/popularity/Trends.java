package dev.freshet.model.popularity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Port: the history of what was trending. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
public interface Trends {
    /** Most windows of one {@link #between}. */
    int MAX_WINDOWS = 1_000;

    /**
     * Writes absolute values, unless a higher model version wrote the window already.
     *
     * @return false when a higher one had
     */
    boolean put(TrendWindow window);

    /** Windows of this scope and length that start in [from, to), oldest first, ≤ 1,000. */
    List<TrendWindow> between(String scope, Duration length, Instant from, Instant to);
}
