package dev.freshet.worker;

import java.util.Locale;

/** The two streams that a worker reads, and how much of one it takes at a time. */
enum StreamNames {
    EVENTS(200, "FeaturesBehindMs"),
    EXAMPLES(1_000, "TrainBehindMs");

    private final int records;
    private final String behindMetric;

    StreamNames(int records, String behindMetric) {
        this.records = records;
        this.behindMetric = behindMetric;
    }

    /** Most records of a batch; the same as the event source mappings have. */
    int records() {
        return records;
    }

    /** The metric that says how far its consumer is behind. */
    String behindMetric() {
        return behindMetric;
    }

    /** The table of its leases. */
    String table(String prefix) {
        return prefix + "-" + name().toLowerCase(Locale.ROOT);
    }
}
