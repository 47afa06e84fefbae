package dev.freshet.insight;

import java.time.Instant;
import java.util.List;

/**
 * What most users take in a window of event time.
 *
 * @param scope {@code all}, {@code country:BR} or {@code tag:football}
 * @param window the length of the window: {@code PT5M}, {@code PT1H} or {@code P1D}
 * @param from the begin of the window
 * @param scopes the scopes that have an item to report in the window
 * @param items most users first
 */
public record TrendingReport(
        String scope,
        String window,
        Instant from,
        List<String> scopes,
        List<Overview.ReadItem> items) {
    public TrendingReport {
        scopes = List.copyOf(scopes);
        items = List.copyOf(items);
    }
}
