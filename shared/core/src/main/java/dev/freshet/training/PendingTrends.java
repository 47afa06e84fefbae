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
 * Closed windows on their way into Trends. Their values are absolute and conditional on the model's
 * version, so that writing one late, again or out of turn does no harm; one that a store did not
 * take waits for the next batch.
 *
 * <p>At most {@value #MAX_WAITING} wait, the oldest leave first. What waits is lost with the
 * process: trending is answered by the model, the table is its history.
 */
final class PendingTrends {
    /** Most windows that wait. */
    static final int MAX_WAITING = 5_000;

    private record Key(String scope, Duration length, Instant start) {}

    private final Trends trends;
    private final Map<Key, TrendWindow> waiting = new LinkedHashMap<>();

    PendingTrends(Trends trends) {
        this.trends = trends;
    }

    /** Windows that wait. */
    int waiting() {
        return waiting.size();
    }

    /**
     * Adds these and writes what waits, in order, until all is written or the store does not
     * answer.
     *
     * @return windows that wait
     */
    int write(List<TrendWindow> closed) {
        closed.forEach(
                window ->
                        waiting.put(
                                new Key(window.scope(), window.length(), window.start()), window));
        for (var oldest = waiting.entrySet().iterator(); waiting.size() > MAX_WAITING; ) {
            oldest.next();
            oldest.remove();
        }
        try {
            for (var next = waiting.values().iterator(); next.hasNext(); ) {
                trends.put(next.next());
                next.remove();
            }
        } catch (StoreUnavailableException later) {
            return waiting.size();
        }
        return 0;
    }
}
