package dev.freshet.model.popularity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The port to the history of trends. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
public interface Trends {
    /** The largest number of windows that {@link #between} returns. */
    int MAX_WINDOWS = 1_000;

    /**
     * Writes the absolute counts of a window, unless a higher model version has written the window
     * already.
     *
     * @return false when a higher model version has written the window
     */
    boolean put(TrendWindow window);

    /**
     * Returns the windows of this scope and length that start in [from, to), oldest first, ≤ 1,000.
     */
    List<TrendWindow> between(String scope, Duration length, Instant from, Instant to);
}
