package dev.freshet.local.mapping;

import dev.freshet.local.mapping.Action.GiveUp;
import dev.freshet.local.mapping.Action.Invoke;
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
 * The rules of one mapping on one shard, without input, output, threads or a clock: records go in
 * ({@link #fetched}), actions come out ({@link #next}), their outcomes go in again, and the
 * checkpoint is the highest number below which everything is finished. At least once: whatever lies
 * above the checkpoint is delivered again after a death.
 *
 * <p>With a parallelization factor of n the records are dealt to n {@link Lane}s by partition key.
 * Holds at most {@link MappingRules#bufferBound()} records that are not finished, if the caller
 * keeps to {@link #room()}. Not for use by several threads.
 */
public final class ShardMachine {

    private final MappingRules rules;
    private final List<Lane> lanes = new ArrayList<>();
    private final Deque<ShardRecord> unfinished = new ArrayDeque<>();
    private final Set<BigInteger> finishedAhead = new HashSet<>();
    private @Nullable BigInteger checkpoint;
    private boolean ended;

    /**
     * @param backoff its bounds are how long a lane waits after failures in a row, without jitter
     * @param checkpoint the number up to which an earlier life finished, or null
     */
    public ShardMachine(MappingRules rules, FullJitter backoff, @Nullable BigInteger checkpoint) {
        this.rules = rules;
        this.checkpoint = checkpoint;
        for (int i = 0; i < rules.parallelizationFactor(); i++) {
            lanes.add(new Lane(i, rules, backoff));
        }
    }

    /** How many more records may be fetched. */
    public int room() {
        return Math.max(0, rules.bufferBound() - unfinished.size());
    }

    /**
     * Takes records in the order of the shard, each once.
     *
     * @throws IllegalArgumentException if a number does not rise above all that went before
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

    /** The shard is closed and its last record has been fetched. */
    public void ended() {
        ended = true;
    }

    /** The next thing to do at {@code now}, or null; ask again until null. */
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
     * The earliest moment at which {@link #next} may have something to do by the passing of time
     * alone, or null.
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

    /** The outcome of an invocation. */
    public void answered(Invoke invoke, Verdict verdict, Instant now) {
        finish(lanes.get(invoke.lane()).answered(invoke, verdict, now));
    }

    /** The batch has reached its destination, or was dropped where there is none. */
    public void givenUp(GiveUp giveUp) {
        finish(lanes.get(giveUp.lane()).givenUp(giveUp));
    }

    /** The destination did not take the batch. */
    public void couldNotGiveUp(GiveUp giveUp, Instant now) {
        lanes.get(giveUp.lane()).couldNotGiveUp(giveUp, now);
    }

    /** Everything up to and with this number is finished; null before the first. */
    public @Nullable BigInteger checkpoint() {
        return checkpoint;
    }

    /** Records fetched and not below the checkpoint. */
    public int outstanding() {
        return unfinished.size();
    }

    /** When the oldest record above the checkpoint arrived, or null. */
    public @Nullable Instant oldestArrival() {
        return unfinished.isEmpty() ? null : unfinished.getFirst().arrivedAt();
    }

    /** Whether the shard has ended and all of it is finished, so that its children may begin. */
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
}
