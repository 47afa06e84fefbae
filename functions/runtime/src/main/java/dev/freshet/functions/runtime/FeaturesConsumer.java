package dev.freshet.functions.runtime;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.features.FeatureFlow;
import dev.freshet.features.FeatureFlow.EventOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Consumer of the {@code events} stream: passes batches to the feature flow and measures each. */
public record FeaturesConsumer(FeatureFlow flow, Metrics metrics) {
    private static final int MAX = Metrics.MAX_VALUES;

    /**
     * Processes a batch and writes its metrics.
     *
     * @param start when the invocation began
     * @return the lowest record to be delivered again, as {@link FeatureFlow#process} returns it
     */
    public Optional<ShardPosition> take(List<StreamRecord> batch, Instant start, Instant deadline) {
        FeatureFlow.Outcome outcome = flow.process(batch, deadline);
        measure(batch, outcome, start);
        return outcome.unfinished();
    }

    private void measure(List<StreamRecord> batch, FeatureFlow.Outcome outcome, Instant start) {
        Metrics.Line line =
                metrics.line()
                        .add(MetricName.WRITE_FLOW_DELAY_MS, millis(start, outcome.rowsWritten()))
                        .add(MetricName.RECORDS, batch.size())
                        .add(MetricName.EXAMPLES, outcome.emitted())
                        .add(MetricName.STORED, outcome.count(EventOutcome.STORED))
                        .add(MetricName.REDELIVERED, outcome.count(EventOutcome.REDELIVERED))
                        .add(MetricName.DUPLICATES, outcome.count(EventOutcome.DUPLICATE))
                        .add(
                                MetricName.WITHOUT_CONSENT,
                                outcome.count(EventOutcome.WITHOUT_CONSENT))
                        .add(
                                MetricName.WITHOUT_PERSONALISATION,
                                outcome.consents().withoutPersonalisation())
                        .add(MetricName.WITHOUT_ANALYTICS, outcome.consents().withoutAnalytics())
                        .add(MetricName.DISCARDED_BY_ERASURE, outcome.count(EventOutcome.ERASED))
                        .add(MetricName.ERASURES_PROCESSED, outcome.count(EventOutcome.ERASURE))
                        .add(
                                MetricName.RETRACTIONS_UNMATCHED,
                                outcome.count(EventOutcome.NOTHING_TO_RETRACT))
                        .add(
                                MetricName.RETRACTED_BEFORE_RETRY,
                                outcome.count(EventOutcome.ALREADY_RETRACTED))
                        .add(MetricName.ALIASES_REFUSED, outcome.count(EventOutcome.ALIAS_REFUSED))
                        .add(MetricName.QUARANTINED, outcome.count(EventOutcome.QUARANTINED))
                        .add(
                                MetricName.UNFINISHED_BATCHES,
                                outcome.unfinished().isPresent() ? 1 : 0);
        line.traces(outcome.traces());
        if (!batch.isEmpty()) {
            line.add(
                    MetricName.EVENT_AGE_MS,
                    millis(batch.getFirst().arrivedAt(), outcome.rowsWritten()));
        }
        List<Long> fresh = outcome.freshnessMs();
        line.add(MetricName.FRESHNESS_MS, fresh.subList(0, Math.min(fresh.size(), MAX))).write();
        for (int from = MAX; from < fresh.size(); from += MAX) {
            metrics.line()
                    .add(
                            MetricName.FRESHNESS_MS,
                            fresh.subList(from, Math.min(fresh.size(), from + MAX)))
                    .write();
        }
    }

    private static long millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}
