package dev.freshet.demo;

import dev.freshet.event.ShardPosition;
import dev.freshet.model.log.ModelLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Audit of the delivery of events: compares each accepted event with the rows of the Interactions
 * and Exposures tables, and all of them together with the totals of the model.
 *
 * @param applied number of accepted events that are not lost
 * @param lost number of accepted events without a row, or number of examples that the model lacks,
 *     whichever is greater
 * @param duplicated number of rows beyond one for each event, or number of examples that the model
 *     has too many, whichever is greater
 * @param modelFreshness time from the 202 response to the first response by a model version that
 *     includes the event; an event that no response included is left out here and counted in {@code
 *     unseen}
 * @param unseen number of events that no response had included by the end of the run
 */
record DeliveryAudit(
        long applied, long lost, long duplicated, Latencies modelFreshness, long unseen) {
    /**
     * Computes the audit.
     *
     * @param trainedBefore number of events that the model had applied before the run
     * @param trainedAfter number of events that the model has applied after the run
     * @param versions versions created since the run began, oldest first
     * @param seen when each version was first seen in a response
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
            List<ShardPosition> rows = owners.getOrDefault(entry.row(), List.of());
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

    /**
     * Returns when a version that includes the event was first seen in a response. High-water marks
     * only rise, so the first version that covers the event is found by binary search.
     */
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

    /** Times at which each model version was first seen in a response. */
    public static final class VersionClock {
        private final ConcurrentSkipListMap<Long, Long> firstSeen = new ConcurrentSkipListMap<>();

        void seen(long version, long atNanos) {
            firstSeen.merge(version, atNanos, Math::min);
        }

        /**
         * Returns when a response first came from this version or a later one; empty if none has
         * yet.
         */
        public OptionalLong includedAt(long version) {
            return firstSeen.tailMap(version, true).values().stream()
                    .mapToLong(Long::longValue)
                    .min();
        }

        /** Returns the newest version seen, or 0 if none. */
        public long newest() {
            Map.Entry<Long, Long> last = firstSeen.lastEntry();
            return last == null ? 0 : last.getKey();
        }
    }
}
