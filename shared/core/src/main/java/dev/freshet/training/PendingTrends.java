package dev.freshet.training;

import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Closed windows that are to be written into Trends. Their values are absolute and conditional on
 * the model's version, so that late, repeated and reordered writes are safe; a window that the
 * store did not accept is written after the next batch.
 *
 * <p>At most {@value #MAX_PENDING} are pending, the oldest are dropped first. Pending windows are
 * lost with the process: trending queries are answered by the model, and the table is its history.
 */
final class PendingTrends {
    /** Most pending windows. */
    static final int MAX_PENDING = 5_000;

    private record Key(String scope, Duration length, Instant start) {}

    private final Trends trends;
    private final Map<Key, TrendWindow> pending = new LinkedHashMap<>();

    PendingTrends(Trends trends) {
        this.trends = trends;
    }

    /** Returns the number of pending windows. */
    int pending() {
        return pending.size();
    }

    /**
     * Adds windows and writes all pending ones, in order, until all are written or the store does
     * not answer.
     *
     * @return the number of pending windows
     */
    int write(List<TrendWindow> closed) {
        closed.forEach(
                window ->
                        pending.put(
                                new Key(window.scope(), window.length(), window.start()), window));
        for (var oldest = pending.entrySet().iterator(); pending.size() > MAX_PENDING; ) {
            oldest.next();
            oldest.remove();
        }
        try {
            for (var next = pending.values().iterator(); next.hasNext(); ) {
                trends.put(next.next());
                next.remove();
            }
        } catch (StoreUnavailableException later) {
            return pending.size();
        }
        return 0;
    }
}
