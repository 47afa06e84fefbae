package dev.freshet.model;

import dev.freshet.feature.StoreUnavailableException;
import dev.freshet.model.ModelLog.DamagedObjectException;
import dev.freshet.model.bytes.MalformedBytesException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads a model log from where a follower stands to its end: by the newest undamaged snapshot where
 * deltas are many or missing, then by deltas, read in parallel, ≤ {@value #AT_A_TIME} at a time,
 * folded in order.
 */
public final class LogFollower {
    /** Deltas read at a time. */
    public static final int AT_A_TIME = 64;

    /** Snapshots tried, newest first. */
    static final int SNAPSHOTS = 3;

    /**
     * Where it came to.
     *
     * @param trouble what is damaged or missing beyond that version, as a sentence, or null
     * @param unanswered what did not answer beyond that version, or null; with neither this is the
     *     log's end
     */
    public record Found(
            Replica.Versioned versioned,
            @Nullable String trouble,
            @Nullable StoreUnavailableException unanswered) {
        private Found(Replica.Versioned versioned, @Nullable String trouble) {
            this(versioned, trouble, null);
        }
    }

    private final ModelLog log;
    private final Executor loads;

    /**
     * Follows this log.
     *
     * @param loads runs reads of objects, several at a time
     */
    public LogFollower(ModelLog log, Executor loads) {
        this.log = log;
        this.loads = loads;
    }

    /**
     * Goes as far as the log can be read. What was come by is kept when a store stops answering, so
     * that trying again begins there: with a log of n objects of which each answers with
     * probability p, all or nothing would come to its end with pⁿ.
     */
    public Found follow(Replica.Versioned from) {
        Found[] at = {new Found(from, null)};
        try {
            follow(at);
            return at[0];
        } catch (StoreUnavailableException unanswered) {
            return new Found(at[0].versioned(), null, unanswered);
        }
    }

    private void follow(Found[] reached) {
        Found at = reached[0];
        boolean triedSnapshot = at.versioned().version() == 0;
        if (triedSnapshot) {
            at = newestSnapshot(at.versioned(), null);
        }
        while (true) {
            reached[0] = at;
            List<ModelLog.Version> rows = log.after(at.versioned().version(), AT_A_TIME);
            boolean gap =
                    !rows.isEmpty() && rows.getFirst().version() != at.versioned().version() + 1;
            if (!triedSnapshot && (gap || rows.size() == AT_A_TIME)) {
                triedSnapshot = true;
                Found snapshot = newestSnapshot(at.versioned(), at.trouble());
                if (snapshot.versioned().version() != at.versioned().version()) {
                    at = snapshot;
                    continue;
                }
            }
            if (gap) {
                reached[0] =
                        new Found(
                                at.versioned(),
                                "Versions after " + at.versioned().version() + " are missing.");
                return;
            }
            if (rows.isEmpty()) {
                reached[0] = new Found(at.versioned(), null);
                return;
            }
            at = fold(at.versioned(), rows);
            reached[0] = at;
            if (at.unanswered() != null) {
                return;
            }
            if (at.trouble() != null) {
                if (triedSnapshot) {
                    return;
                }
                triedSnapshot = true;
                Found snapshot = newestSnapshot(at.versioned(), at.trouble());
                if (snapshot.versioned().version() == at.versioned().version()) {
                    return;
                }
                at = snapshot;
            }
        }
    }

    private Found newestSnapshot(Replica.Versioned from, @Nullable String trouble) {
        String damage = trouble;
        for (ModelLog.Snapshot row : log.snapshots(SNAPSHOTS)) {
            if (row.version() <= from.version()) {
                break;
            }
            try {
                Model model = SnapshotCodec.decode(log.snapshot(row));
                return new Found(new Replica.Versioned(model, row.version(), row.at()), null);
            } catch (DamagedObjectException | MalformedBytesException damaged) {
                damage = "Snapshot " + row.version() + ": " + damaged.getMessage();
            }
        }
        return new Found(from, damage);
    }

    private Found fold(Replica.Versioned from, List<ModelLog.Version> rows) {
        List<CompletableFuture<Delta>> deltas =
                rows.stream()
                        .map(
                                row ->
                                        CompletableFuture.supplyAsync(
                                                () -> DeltaCodec.decode(log.delta(row)), loads))
                        .toList();
        Draft draft = from.model().follower();
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
        return new Found(reached, trouble, unanswered);
    }

    private static String damage(ModelLog.Version row, CompletionException failed) {
        return switch (failed.getCause()) {
            case DamagedObjectException damaged ->
                    "Version " + row.version() + ": " + damaged.getMessage();
            case MalformedBytesException malformed ->
                    "Version " + row.version() + " cannot be read: " + malformed.getMessage();
            case null, default -> throw failed;
        };
    }
}
