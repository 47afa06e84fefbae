package dev.freshet.model.log;

import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.model.Delta;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.ModelLog.DamagedObjectException;
import dev.freshet.model.log.NewestVersion.DeltaSpan;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Follows a model log from a given version to its end. Where many deltas follow, or some are
 * missing, it starts from the newest undamaged snapshot. Deltas are read in parallel, ≤ {@value
 * #AT_A_TIME} at a time, and folded in order.
 */
public final class LogFollower {
    /** The number of deltas read at a time. */
    public static final int AT_A_TIME = 64;

    /** The number of snapshots tried, newest first. */
    static final int SNAPSHOTS = 3;

    /**
     * The result of following a log.
     *
     * @param versioned the version that was reached
     * @param trouble a sentence about an object that is damaged or missing after that version, or
     *     null
     * @param unanswered the failure of the store after that version, or null; where both are null,
     *     the version is the end of the log
     */
    public record Result(
            Replica.Versioned versioned,
            @Nullable String trouble,
            @Nullable StoreUnavailableException unanswered) {
        private Result(Replica.Versioned versioned, @Nullable String trouble) {
            this(versioned, trouble, null);
        }

        /**
         * Returns what happens now and what to do, where the log is damaged after that version;
         * else empty.
         */
        public Optional<String> stop() {
            return trouble == null
                    ? Optional.empty()
                    : Optional.of(
                            "Training stops: the model log cannot be read to its end, and no snapshot is newer. ./freshet replay makes a new model (docs/operate.md). "
                                    + trouble);
        }
    }

    private final ModelLog log;
    private final Executor loads;

    /**
     * Creates a follower of a log.
     *
     * @param loads runs reads of objects, several at a time
     */
    public LogFollower(ModelLog log, Executor loads) {
        this.log = log;
        this.loads = loads;
    }

    /**
     * Reads a log from its beginning to its end, as a new replica does, on the calling thread.
     *
     * @param settings of the model before the first version
     */
    public static Result newest(ModelLog log, ModelSettings settings) {
        return new LogFollower(log, Runnable::run)
                .follow(new Replica.Versioned(Model.empty(settings), 0, Instant.EPOCH));
    }

    /**
     * Follows the log as far as it can be read. Versions reached before a store fails are kept, so
     * that a retry continues from them: if each of n objects can be read with probability p, a
     * follower that started over would reach the end with probability pⁿ.
     */
    public Result follow(Replica.Versioned from) {
        Walk walk = new Walk(from);
        try {
            walk.followToEnd();
            return walk.at;
        } catch (StoreUnavailableException unanswered) {
            return new Result(walk.at.versioned(), null, unanswered);
        }
    }

    /**
     * Brings a model to an announced version by the one object that the announcement names, without
     * reading a row.
     *
     * @return empty if the object holds not all versions between, or is damaged; the log is to be
     *     followed then
     * @throws StoreUnavailableException if the store does not answer
     */
    public Optional<Replica.Versioned> followTo(NewestVersion newest, Replica.Versioned from) {
        if (!newest.follows(from.version())) {
            return Optional.empty();
        }
        try {
            ModelDraft draft = from.model().follower();
            for (byte[] delta : deltasTo(newest, from.version())) {
                draft.follow(DeltaCodec.decode(delta));
            }
            return Optional.of(new Replica.Versioned(draft.seal(), newest.version(), newest.at()));
        } catch (DamagedObjectException | MalformedBytesException damaged) {
            return Optional.empty(); // the log tells which version is damaged
        }
    }

    private List<byte[]> deltasTo(NewestVersion newest, long from) {
        NewestVersion.Span span = newest.span();
        if (span == null || from == newest.version() - 1) {
            return List.of(log.object(newest.delta()));
        }
        List<byte[]> deltas = DeltaSpan.decode(log.object(span.object()));
        MalformedBytesException.unless(
                span.first() + deltas.size() - 1 == newest.version(),
                "a span does not end with its announced version");
        return deltas.subList((int) (from - span.first() + 1), deltas.size());
    }

    /** One run along the log, whose progress is known whenever it stops. */
    private final class Walk {
        private Result at;
        private boolean triedSnapshot;

        private Walk(Replica.Versioned from) {
            at = new Result(from, null);
        }

        private void followToEnd() {
            if (at.versioned().version() == 0) {
                bySnapshot();
            }
            while (true) {
                Replica.Versioned here = at.versioned();
                List<ModelLog.Version> rows = log.after(here.version(), AT_A_TIME);
                boolean gap = !rows.isEmpty() && rows.getFirst().version() != here.version() + 1;
                if ((gap || rows.size() == AT_A_TIME) && bySnapshot()) {
                    continue;
                }
                if (gap) {
                    at = new Result(here, "Versions after " + here.version() + " are missing.");
                    return;
                }
                if (rows.isEmpty()) {
                    at = new Result(here, null);
                    return;
                }
                at = fold(here, rows);
                if (at.unanswered() != null || (at.trouble() != null && !bySnapshot())) {
                    return;
                }
            }
        }

        /** Continues from a newer snapshot, if there is one; it is looked for once. */
        private boolean bySnapshot() {
            if (triedSnapshot) {
                return false;
            }
            triedSnapshot = true;
            Optional<Replica.Versioned> snapshot = newestSnapshot(at.versioned());
            snapshot.ifPresent(newer -> at = new Result(newer, null));
            return snapshot.isPresent();
        }
    }

    /** Returns the newest undamaged snapshot after this version, read by its settings. */
    private Optional<Replica.Versioned> newestSnapshot(Replica.Versioned from) {
        for (ModelLog.Snapshot row : log.snapshots(SNAPSHOTS)) {
            if (row.version() <= from.version()) {
                break;
            }
            try {
                Model model =
                        SnapshotCodec.decode(log.snapshot(row))
                                .withReadSettings(from.model().settings());
                return Optional.of(new Replica.Versioned(model, row.version(), row.at()));
            } catch (DamagedObjectException | MalformedBytesException damaged) {
                // The previous snapshot is tried, and then the deltas, whose damage is reported.
            }
        }
        return Optional.empty();
    }

    private Result fold(Replica.Versioned from, List<ModelLog.Version> rows) {
        List<CompletableFuture<Delta>> deltas =
                rows.stream()
                        .map(
                                row ->
                                        CompletableFuture.supplyAsync(
                                                () -> DeltaCodec.decode(log.delta(row)), loads))
                        .toList();
        ModelDraft draft = from.model().follower();
        ModelLog.@Nullable Version last = null;
        String trouble = null;
        StoreUnavailableException unanswered = null;
        for (int at = 0; at < rows.size() && trouble == null && unanswered == null; at++) {
            try {
                draft.follow(deltas.get(at).join());
                last = rows.get(at);
            } catch (CompletionException failed) {
                if (failed.getCause() instanceof StoreUnavailableException unavailable) {
                    unanswered = unavailable;
                } else {
                    trouble = damage(rows.get(at), failed);
                }
            }
        }
        Replica.Versioned reached =
                last == null
                        ? from
                        : new Replica.Versioned(draft.seal(), last.version(), last.at());
        return new Result(reached, trouble, unanswered);
    }

    private static String damage(ModelLog.Version row, CompletionException failed) {
        return switch (failed.getCause()) {
            case DamagedObjectException damaged ->
                    "Version " + row.version() + ": " + damaged.getMessage();
            case MalformedBytesException malformed ->
                    "Version "
                            + row.version()
                            + ": object "
                            + row.key()
                            + " of the model log cannot be read: "
                            + malformed.getMessage();
            case null, default -> throw failed;
        };
    }
}
