package dev.freshet.demo;

import dev.freshet.event.ShardPosition;
import dev.freshet.model.log.ModelLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What became of the events: each accepted one against the rows of the table, all of them against
 * the totals of the model.
 *
 * @param applied accepted events that are where they belong
 * @param lost accepted events without a row, or examples that the model lacks, whichever are more
 * @param duplicated rows beyond one an event, or examples that the model has too many, whichever
 *     are more
 * @param modelFreshness from the 202 to the first answer by a version that includes the event; an
 *     event that no answer included is left out here and counted in {@code unseen}
 */
record DeliveryAudit(
        long applied, long lost, long duplicated, Latencies modelFreshness, long unseen) {
    /**
     * Compares.
     *
     * @param trainedBefore events that the model had applied before the run
     * @param trainedAfter events that it has applied now
     * @param versions those made since the run began, oldest first
     */
    static DeliveryAudit of(
            Ledger ledger,
            Map<String, List<ShardPosition>> owners,
            long trainedBefore,
            long trainedAfter,
            List<ModelLog.Version> versions,
            VersionClock seen) {
        Latencies freshness = new Latencies();
        long rowsMissing = 0;
        long rowsTwice = 0;
        long unseen = 0;
        for (Ledger.Entry entry : ledger.accepted().values()) {
            List<ShardPosition> rows = owners.getOrDefault(entry.eventId(), List.of());
            if (rows.isEmpty()) {
                rowsMissing++;
                continue;
            }
            rowsTwice += rows.size() - 1;
            if (entry.trains()) {
                OptionalLong at = includedAt(rows.getFirst(), versions, seen);
                if (at.isPresent()) {
                    freshness.add(
                            Duration.ofNanos(
                                    Math.max(0, at.getAsLong() - entry.acceptedAtNanos())));
                } else {
                    unseen++;
                }
            }
        }
        long expected = ledger.training();
        long trained = trainedAfter - trainedBefore;
        long lost = Math.max(rowsMissing, expected - trained);
        long duplicated = Math.max(rowsTwice, trained - expected);
        return new DeliveryAudit(
                ledger.accepted().size() - lost, lost, duplicated, freshness, unseen);
    }

    /** Marks only rise, so the first version that covers the event is found by halving. */
    private static OptionalLong includedAt(
            ShardPosition owner, List<ModelLog.Version> versions, VersionClock seen) {
        int low = 0;
        int high = versions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (versions.get(middle).marks().cover(owner)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == versions.size()
                ? OptionalLong.empty()
                : seen.includedAt(versions.get(low).version());
    }
}
