package dev.freshet.testkit.memory;

import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.privacy.RowExpiry;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The windows of trends in memory. */
public final class MemoryTrends implements Trends {
    private record Key(String scope, Duration length, long startSecond) {}

    private record Row(TrendWindow window, long expiresAt) {}

    private final Map<Key, Row> rows = new HashMap<>();
    private final InstantSource clock;

    public MemoryTrends(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized boolean put(TrendWindow window) {
        Key key = new Key(window.scope(), window.length(), window.start().getEpochSecond());
        Row existing = rows.get(key);
        if (existing != null
                && !expired(existing)
                && existing.window().modelVersion() > window.modelVersion()) {
            return false;
        }
        rows.put(
                key,
                new Row(
                        window,
                        RowExpiry.expiry(
                                clock.instant(),
                                RetentionPolicy.DEFAULT.period(RetentionPolicy.Kind.TRENDS))));
        return true;
    }

    @Override
    public synchronized List<TrendWindow> between(
            String scope, Duration length, Instant from, Instant to) {
        return rows.values().stream()
                .filter(row -> !expired(row))
                .map(Row::window)
                .filter(window -> window.scope().equals(scope) && window.length().equals(length))
                .filter(window -> !window.start().isBefore(from) && window.start().isBefore(to))
                .sorted(Comparator.comparing(TrendWindow::start))
                .limit(MAX_WINDOWS)
                .toList();
    }

    private boolean expired(Row row) {
        return RowExpiry.passed(row.expiresAt(), clock.instant());
    }
}
