package dev.freshet.worker;

import java.util.Locale;

/** The two streams that a worker reads, with batch size and lag metric. */
enum StreamNames {
    EVENTS(200, "FeaturesBehindMs"),
    EXAMPLES(1_000, "TrainBehindMs");

    private final int records;
    private final String behindMetric;

    StreamNames(int records, String behindMetric) {
        this.records = records;
        this.behindMetric = behindMetric;
    }

    /**
     * Returns the maximum number of records of a batch, equal to that of the event source mappings.
     */
    int records() {
        return records;
    }

    /** Returns the name of the metric of the lag behind the stream. */
    String behindMetric() {
        return behindMetric;
    }

    /** Returns the name of the lease table. */
    String table(String prefix) {
        return prefix + "-" + name().toLowerCase(Locale.ROOT);
    }
}
