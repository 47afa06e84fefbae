package dev.freshet.cli.keys;

import java.time.Duration;

/** What is particular to keys of the dashboard. */
final class InsightsKey {
    /** Time for which such a key is valid, unless the owner says otherwise. */
    static final Duration LIFE = Duration.ofHours(12);

    private InsightsKey() {}
}
