package dev.freshet.local.mapping;

import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.ShardMachine.Action;
import dev.freshet.local.mapping.ShardMachine.Action.Condition;
import dev.freshet.local.mapping.ShardMachine.Action.GiveUp;
import dev.freshet.local.mapping.ShardMachine.Action.Invoke;
import dev.freshet.local.mapping.ShardMachine.Verdict;
import dev.freshet.local.template.MappingRules;
import dev.freshet.store.FullJitter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the parallel queues of a shard. At most one action is in progress at a time, which
 * preserves the order of the records. Parts of a split or returned batch precede new records. Not
 * thread-safe.
 */
final class Lane {

    private final int number;
    private final MappingRules rules;
    private final FullJitter backoff;
    private final Deque<ShardRecord> waiting = new ArrayDeque<>();
    private final Deque<ShardBatch> pieces = new ArrayDeque<>();
    private @Nullable Instant waitingSince;
    private @Nullable Action out;
    private Instant notBefore = Instant.MIN;
    private int failuresInARow;

    Lane(int number, MappingRules rules, FullJitter backoff) {
        this.number = number;
        this.rules = rules;
        this.backoff = backoff;
    }

    void add(ShardRecord record, Instant now) {
        if (waiting.isEmpty()) {
            waitingSince = now;
        }
        waiting.add(record);
    }

    /**
     * Returns the next action, or null if there is none at {@code now}.
     *
     * @param shardEnded whether the shard has ended, so that an incomplete batch need not wait for
     *     more records
     */
    @Nullable Action next(Instant now, boolean shardEnded) {
        if (out != null || now.isBefore(notBefore)) {
            return null;
        }
        if (pieces.isEmpty() && batchIsDue(now, shardEnded)) {
            pieces.add(new ShardBatch(take(now), 0));
        }
        ShardBatch piece = pieces.poll();
        if (piece == null) {
            return null;
        }
        int expired = expired(piece, now);
        if (expired > 0) {
            if (expired < piece.size()) {
                pieces.push(piece.part(expired, piece.size(), piece.retries()));
            }
            return send(
                    new GiveUp(
                            number,
                            piece.part(0, expired, piece.retries()),
                            Condition.RECORD_AGE_EXCEEDED));
        }
        if (spent(piece)) {
            return send(new GiveUp(number, piece, Condition.RETRY_ATTEMPTS_EXHAUSTED));
        }
        return send(new Invoke(number, piece));
    }

    /** Returns when {@link #next} may return an action without further input, or null. */
    @Nullable Instant wake() {
        if (out != null) {
            return null;
        }
        if (!pieces.isEmpty()) {
            return notBefore;
        }
        if (waitingSince == null) {
            return null;
        }
        Instant full = waitingSince.plus(rules.batchingWindow());
        return full.isBefore(notBefore) ? notBefore : full;
    }

    /** Applies the outcome of an invocation; returns the records that it finishes. */
    List<ShardRecord> answered(Invoke invoke, Verdict verdict, Instant now) {
        settle(invoke);
        ShardBatch batch = invoke.batch();
        return switch (verdict) {
            case Verdict.Done() -> {
                failuresInARow = 0;
                yield batch.records();
            }
            case Verdict.Unfinished(var lowest) -> {
                int at = batch.indexOf(lowest);
                yield at < 0 ? failed(batch, now) : unfinished(batch, at, now);
            }
            case Verdict.Failed(var ignored) -> failed(batch, now);
            case Verdict.NotRun(var ignored) -> {
                pieces.push(batch);
                hold(now);
                yield List.of();
            }
        };
    }

    /** Returns the records that are finished because their batch has reached the destination. */
    List<ShardRecord> givenUp(GiveUp giveUp) {
        settle(giveUp);
        failuresInARow = 0;
        return giveUp.batch().records();
    }

    /** Schedules another attempt because the destination failed; no record is dropped. */
    void couldNotGiveUp(GiveUp giveUp, Instant now) {
        settle(giveUp);
        pieces.push(giveUp.batch());
        hold(now);
    }

    private List<ShardRecord> unfinished(ShardBatch batch, int at, Instant now) {
        if (at == 0) {
            return failed(batch, now);
        }
        failuresInARow = 0;
        hold(now);
        int retries = rules.bisectOnError() ? batch.retries() : batch.retries() + 1;
        pieces.push(batch.part(at, batch.size(), retries));
        return batch.records().subList(0, at);
    }

    private List<ShardRecord> failed(ShardBatch batch, Instant now) {
        hold(now);
        if (rules.bisectOnError() && batch.size() > 1) {
            int middle = batch.size() / 2;
            pieces.push(batch.part(middle, batch.size(), batch.retries()));
            pieces.push(batch.part(0, middle, batch.retries()));
        } else {
            pieces.push(batch.part(0, batch.size(), batch.retries() + 1));
        }
        return List.of();
    }

    private void hold(Instant now) {
        failuresInARow++;
        notBefore = now.plusMillis(backoff.bound(failuresInARow));
    }

    private boolean spent(ShardBatch batch) {
        return rules.maximumRetryAttempts() != MappingRules.UNLIMITED
                && batch.retries() > rules.maximumRetryAttempts();
    }

    private int expired(ShardBatch batch, Instant now) {
        if (rules.maximumRecordAge() == null) {
            return 0;
        }
        Instant oldest = now.minus(rules.maximumRecordAge());
        int count = 0;
        while (count < batch.size() && batch.records().get(count).arrivedAt().isBefore(oldest)) {
            count++;
        }
        return count;
    }

    private boolean batchIsDue(Instant now, boolean shardEnded) {
        if (waitingSince == null) {
            return false;
        }
        return shardEnded
                || waiting.size() >= rules.batchSize()
                || !now.isBefore(waitingSince.plus(rules.batchingWindow()))
                || waitingBytesReach(MappingRules.MAXIMUM_PAYLOAD);
    }

    private boolean waitingBytesReach(long bound) {
        long bytes = 0;
        for (ShardRecord record : waiting) {
            bytes += record.payloadBytes();
            if (bytes >= bound) {
                return true;
            }
        }
        return false;
    }

    private List<ShardRecord> take(Instant now) {
        List<ShardRecord> taken = new ArrayList<>();
        long bytes = 0;
        while (!waiting.isEmpty() && taken.size() < rules.batchSize()) {
            bytes += waiting.getFirst().payloadBytes();
            if (bytes > MappingRules.MAXIMUM_PAYLOAD && !taken.isEmpty()) {
                break;
            }
            taken.add(waiting.removeFirst());
        }
        waitingSince = waiting.isEmpty() ? null : now;
        return taken;
    }

    private Action send(Action action) {
        out = action;
        return action;
    }

    private void settle(Action action) {
        if (!action.equals(out)) {
            throw new IllegalStateException("the outcome is not of the action in progress");
        }
        out = null;
    }
}
