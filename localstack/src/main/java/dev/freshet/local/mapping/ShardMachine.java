package dev.freshet.local.mapping;

import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.ShardMachine.Action.GiveUp;
import dev.freshet.local.mapping.ShardMachine.Action.Invoke;
import dev.freshet.local.template.MappingRules;
import dev.freshet.store.FullJitter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * State machine with the rules of one mapping on one shard, without input, output, threads or a
 * clock. It accepts records ({@link #fetched}), requests actions ({@link #next}) and accepts their
 * outcomes. The checkpoint is the highest sequence number up to which everything is finished.
 * Delivery is at least once: everything above the checkpoint is delivered again after a crash.
 *
 * <p>With a parallelization factor of n the records are distributed over n {@link Lane}s by
 * partition key. Holds at most {@link MappingRules#bufferBound()} unfinished records, if the caller
 * respects {@link #room()}. Not thread-safe.
 */
public final class ShardMachine {

    private final MappingRules rules;
    private final List<Lane> lanes = new ArrayList<>();
    private final Deque<ShardRecord> unfinished = new ArrayDeque<>();
    private final Set<BigInteger> finishedAhead = new HashSet<>();
    private @Nullable BigInteger checkpoint;
    private boolean ended;

    /**
     * Creates a machine.
     *
     * @param backoff its bounds are the waits of a lane after consecutive failures, without jitter
     * @param checkpoint sequence number up to which the shard was finished before a restart, or
     *     null
     */
    public ShardMachine(MappingRules rules, FullJitter backoff, @Nullable BigInteger checkpoint) {
        this.rules = rules;
        this.checkpoint = checkpoint;
        for (int i = 0; i < rules.parallelizationFactor(); i++) {
            lanes.add(new Lane(i, rules, backoff));
        }
    }

    /** Returns how many more records may be fetched. */
    public int room() {
        return Math.max(0, rules.bufferBound() - unfinished.size());
    }

    /**
     * Accepts records in the order of the shard, each once.
     *
     * @throws IllegalArgumentException if the sequence numbers do not increase
     */
    public void fetched(List<ShardRecord> records, Instant now) {
        for (ShardRecord record : records) {
            BigInteger before =
                    unfinished.isEmpty() ? checkpoint : unfinished.getLast().sequenceNumber();
            if (before != null && record.sequenceNumber().compareTo(before) <= 0) {
                throw new IllegalArgumentException(
                        record.sequenceNumber() + " does not follow " + before);
            }
            unfinished.add(record);
            lanes.get(laneOf(record.partitionKey())).add(record, now);
        }
    }

    /** Declares that the shard is closed and its last record has been fetched. */
    public void ended() {
        ended = true;
    }

    /**
     * Returns the next action at {@code now}, or null; to be called repeatedly until it returns
     * null.
     */
    public @Nullable Action next(Instant now) {
        for (Lane lane : lanes) {
            Action action = lane.next(now, ended);
            if (action != null) {
                return action;
            }
        }
        return null;
    }

    /**
     * Returns the earliest time at which {@link #next} may return an action without further input,
     * or null.
     */
    public @Nullable Instant wake() {
        Instant earliest = null;
        for (Lane lane : lanes) {
            Instant wake = lane.wake();
            if (wake != null && (earliest == null || wake.isBefore(earliest))) {
                earliest = wake;
            }
        }
        return earliest;
    }

    /** Applies the outcome of an invocation. */
    public void answered(Invoke invoke, Verdict verdict, Instant now) {
        finish(lanes.get(invoke.lane()).answered(invoke, verdict, now));
    }

    /** Finishes a batch that has reached its destination, or was dropped because there is none. */
    public void givenUp(GiveUp giveUp) {
        finish(lanes.get(giveUp.lane()).givenUp(giveUp));
    }

    /** Schedules another attempt for a batch that the destination did not accept. */
    public void couldNotGiveUp(GiveUp giveUp, Instant now) {
        lanes.get(giveUp.lane()).couldNotGiveUp(giveUp, now);
    }

    /** Returns the sequence number up to which everything is finished; null before the first. */
    public @Nullable BigInteger checkpoint() {
        return checkpoint;
    }

    /** Returns the number of records fetched and above the checkpoint. */
    public int outstanding() {
        return unfinished.size();
    }

    /** Returns the arrival time of the oldest record above the checkpoint, or null. */
    public @Nullable Instant oldestArrival() {
        return unfinished.isEmpty() ? null : unfinished.getFirst().arrivedAt();
    }

    /**
     * Returns whether the shard has ended and is finished completely, so that its child shards may
     * be read.
     */
    public boolean finished() {
        return ended && unfinished.isEmpty();
    }

    private void finish(List<ShardRecord> records) {
        records.forEach(record -> finishedAhead.add(record.sequenceNumber()));
        while (!unfinished.isEmpty()
                && finishedAhead.remove(unfinished.getFirst().sequenceNumber())) {
            checkpoint = unfinished.removeFirst().sequenceNumber();
        }
    }

    private int laneOf(String partitionKey) {
        CRC32 hash = new CRC32();
        hash.update(partitionKey.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % lanes.size());
    }

    /**
     * An action that a {@link ShardMachine} requests from its driver, which reports the outcome
     * with the same action.
     */
    public sealed interface Action {

        /**
         * Returns the number of the requesting lane; it requests nothing else until the outcome is
         * reported.
         */
        int lane();

        ShardBatch batch();

        /** Invoke the function with a batch. */
        record Invoke(int lane, ShardBatch batch) implements Action {}

        /** Send a batch to the on-failure destination, or drop it if there is none. */
        record GiveUp(int lane, ShardBatch batch, Condition condition) implements Action {}

        /** Reason for giving up records, named as in AWS's invocation record. */
        enum Condition {
            RETRY_ATTEMPTS_EXHAUSTED("RetryAttemptsExhausted"),
            RECORD_AGE_EXCEEDED("RecordAgeExceeded");

            private final String text;

            Condition(String text) {
                this.text = text;
            }

            /** Returns the text of the reason in the invocation record. */
            public String text() {
                return text;
            }
        }
    }

    /** Outcome of an invocation from the perspective of the mapping. */
    public sealed interface Verdict {

        /** All records are finished. */
        record Done() implements Verdict {}

        /**
         * The records before a sequence number are finished; from it on they are delivered again.
         *
         * @param lowest the lowest sequence number that the function reported; a record of the
         *     batch
         */
        record Unfinished(BigInteger lowest) implements Verdict {}

        /**
         * The function failed, or reported that the whole batch failed.
         *
         * @param reason one line for people
         */
        record Failed(String reason) implements Verdict {}

        /**
         * The function did not run (throttled, or the service failed): delivered again later
         * without using a retry.
         *
         * @param reason one line for people
         */
        record NotRun(String reason) implements Verdict {}
    }
}
