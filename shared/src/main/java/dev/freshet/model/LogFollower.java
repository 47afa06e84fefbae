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
     * @param trouble what is damaged or missing beyond that version, as a sentence, or null when
     *     this is the log's end
     */
    public record Found(Replica.Versioned versioned, @Nullable String trouble) {}

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
     * Goes as far as the log can be read.
     *
     * @throws StoreUnavailableException when the log cannot be read; nothing is lost by trying
     *     again
     */
    public Found follow(Replica.Versioned from) {
        Found at = from.version() == 0 ? newestSnapshot(from, null) : new Found(from, null);
        boolean triedSnapshot = from.version() == 0;
        while (true) {
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
                return new Found(
                        at.versioned(),
                        "Versions after " + at.versioned().version() + " are missing.");
            }
            if (rows.isEmpty()) {
                return new Found(at.versioned(), null);
            }
            at = fold(at.versioned(), rows);
            if (at.trouble() != null) {
                if (triedSnapshot) {
                    return at;
                }
                triedSnapshot = true;
                Found snapshot = newestSnapshot(at.versioned(), at.trouble());
                if (snapshot.versioned().version() == at.versioned().version()) {
                    return at;
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
        for (int at = 0; at < rows.size() && trouble == null; at++) {
            try {
                draft.follow(deltas.get(at).join());
                last = rows.get(at);
            } catch (CompletionException failed) {
                trouble = damage(rows.get(at), failed);
            }
        }
        return last == null
                ? new Found(from, trouble)
                : new Found(
                        new Replica.Versioned(draft.seal(), last.version(), last.at()), trouble);
    }

    private static String damage(ModelLog.Version row, CompletionException failed) {
        return switch (failed.getCause()) {
            case DamagedObjectException damaged ->
                    "Version " + row.version() + ": " + damaged.getMessage();
            case MalformedBytesException malformed ->
                    "Version " + row.version() + " cannot be read: " + malformed.getMessage();
            case StoreUnavailableException unavailable -> throw unavailable;
            case null, default -> throw failed;
        };
    }
}
