package dev.freshet.worker;

import dev.freshet.functions.runtime.MetricName;
import java.util.Locale;

/** The two streams that a worker reads, with batch size and lag metric. */
enum StreamNames {
    EVENTS(200, MetricName.FEATURES_BEHIND_MS),
    EXAMPLES(1_000, MetricName.TRAIN_BEHIND_MS);

    private final int records;
    private final MetricName behindMetric;

    StreamNames(int records, MetricName behindMetric) {
        this.records = records;
        this.behindMetric = behindMetric;
    }

    /**
     * Returns the maximum number of records of a batch, equal to that of the event source mappings.
     */
    int records() {
        return records;
    }

    /** Returns the metric of the lag behind the stream. */
    MetricName behindMetric() {
        return behindMetric;
    }

    /** Returns the name of the lease table. */
    String table(String prefix) {
        return prefix + "-" + name().toLowerCase(Locale.ROOT);
    }
}
