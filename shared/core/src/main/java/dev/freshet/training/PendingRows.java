package dev.freshet.training;

import dev.freshet.store.StoreUnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Rows that are to be written into a table: closed windows of trends, days of outcomes. Their
 * values are absolute and their writes conditional on the model's version, so that late, repeated
 * and reordered writes are safe; what the store did not accept is written after the next batch.
 *
 * <p>A bounded number is pending; the oldest are dropped first. Pending rows are lost with the
 * process. Trending queries are answered by the model, and the table is its history; a day of
 * outcomes is written again when the next day begins ({@link
 * dev.freshet.model.outcome.Outcomes#toStore}).
 *
 * @param <V> a row
 */
final class PendingRows<V> {
    private final int most;
    private final Function<V, Object> key;
    private final Consumer<V> put;
    private final Map<Object, V> pending = new LinkedHashMap<>();

    /**
     * Creates a queue without rows.
     *
     * @param most most pending rows
     * @param key returns what names a row; a later row replaces a pending one of the same name
     * @param put writes a row
     */
    PendingRows(int most, Function<V, Object> key, Consumer<V> put) {
        this.most = most;
        this.key = key;
        this.put = put;
    }

    /** Returns the number of pending rows. */
    int pending() {
        return pending.size();
    }

    /**
     * Adds rows and writes all pending ones, in order, until all are written or the store does not
     * answer.
     */
    void write(List<V> rows) {
        rows.forEach(row -> pending.put(key.apply(row), row));
        for (var oldest = pending.keySet().iterator(); pending.size() > most; ) {
            oldest.next();
            oldest.remove();
        }
        try {
            for (var next = pending.values().iterator(); next.hasNext(); ) {
                put.accept(next.next());
                next.remove();
            }
        } catch (StoreUnavailableException later) {
            return;
        }
    }
}
