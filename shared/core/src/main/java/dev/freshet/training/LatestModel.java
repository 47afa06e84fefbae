package dev.freshet.training;

import dev.freshet.model.Model;
import dev.freshet.model.codec.SnapshotCodec;
import dev.freshet.model.log.LogFollower;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest model in memory, for those who write its log. Unlike a replica it never settles for
 * less than the log's end: training from an older model would lose what lies between.
 */
final class LatestModel {
    private static final Logger LOG = LoggerFactory.getLogger(LatestModel.class);

    private final ModelLogs logs;
    private final Executor loads;
    private final ModelSettings settings;
    private @Nullable String modelId;
    private @Nullable ModelLog log;
    private @Nullable Versioned held;
    private boolean certain;
    private boolean closed;

    /**
     * A head that has not looked yet.
     *
     * @param loads runs reads of objects, several at a time
     */
    LatestModel(ModelLogs logs, ModelSettings settings, Executor loads) {
        this.logs = logs;
        this.settings = settings;
        this.loads = loads;
    }

    /** Looks which model is current; what is in memory of another is dropped. */
    void look() {
        take(logs.head().current());
    }

    /**
     * Looks, as the trainer does, before a batch; hands over to a rebuilt model first, where one
     * has come as far as the current one.
     */
    void lookAndHandOver(Instant now) {
        take(ModelCutover.attempt(logs, logs.head(), now).current());
    }

    private void take(String current) {
        if (!current.equals(modelId)) {
            modelId = current;
            log = logs.log(current);
            held = null;
            certain = false;
            closed = false;
        }
    }

    /** The log of the model that is current. */
    ModelLog log() {
        ModelLog known = log;
        if (known == null) {
            look();
            return log();
        }
        return known;
    }

    /**
     * What is in memory if that is known to be the log's end, else what is read to be it: the
     * version on which to build the next.
     *
     * @throws StoreUnavailableException likewise, and when there will be no next one: another model
     *     is about to become the current one
     */
    Versioned get() {
        Versioned known = held;
        Versioned end = known != null && certain ? known : follow();
        if (closed) {
            throw new StoreUnavailableException(
                    "Model log", new IllegalStateException("it is closed; look for another"));
        }
        return end;
    }

    /**
     * Goes to where the log ends now, or further, from what is in memory, and keeps how far it
     * came: versions never change, so what was read of them stays true. A log that grows meanwhile
     * is no reason to begin anew; whoever appends is refused if it has.
     *
     * @throws StoreUnavailableException when the log does not answer, or its end is not readable
     *     yet
     * @throws IllegalStateException when an object before its end is damaged and no snapshot lies
     *     behind it
     */
    Versioned follow() {
        ModelLog of = log();
        Optional<ModelLog.Version> last = of.head();
        Versioned from =
                held != null ? held : new Versioned(Model.empty(settings), 0, Instant.EPOCH);
        LogFollower.Result found = new LogFollower(of, loads).follow(from);
        held = found.versioned();
        if (found.unanswered() != null) {
            throw found.unanswered();
        }
        long end = last.map(ModelLog.Version::version).orElse(0L);
        if (found.versioned().version() < end) {
            if (found.trouble() != null) {
                LOG.error("The model log cannot be read to its end: {}", found.trouble());
                throw new IllegalStateException(
                        "The model log cannot be read to its end: " + found.trouble());
            }
            throw new StoreUnavailableException(
                    "Model log",
                    new IllegalStateException(
                            "its newest version " + end + " is not to be seen yet"));
        }
        certain = true;
        closed = last.map(ModelLog.Version::closes).orElse(false);
        return found.versioned();
    }

    /** The version of the log's newest snapshot; 0 where there is none. */
    long snapshotted() {
        return log().snapshots(1).stream().mapToLong(ModelLog.Snapshot::version).max().orElse(0);
    }

    /** When the log's newest snapshot was made; without one, its oldest version; else now. */
    Instant since(Instant now) {
        ModelLog of = log();
        return of.snapshots(1).stream()
                .map(ModelLog.Snapshot::at)
                .findFirst()
                .or(() -> of.after(0, 1).stream().map(ModelLog.Version::at).findFirst())
                .orElse(now);
    }

    /**
     * Puts a snapshot of a version.
     *
     * @param rowsKept how long the rows below it stay
     * @return its bytes
     */
    int snapshot(Versioned of, Instant now, Duration rowsKept) {
        byte[] bytes = SnapshotCodec.encode(of.model());
        log().putSnapshot(of.version(), bytes, now, now.plus(rowsKept));
        return bytes.length;
    }

    /** Takes what was just appended. */
    void advance(Versioned next) {
        held = next;
        certain = true;
    }

    /** What is in memory may no longer be the log's end. */
    void doubt() {
        certain = false;
    }
}
