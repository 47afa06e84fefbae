package dev.freshet.training;

import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.LogFollower;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.log.ReplicaMemory;
import dev.freshet.model.memory.LongMemory;
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
 * The newest model in memory, for the writers of its log. Unlike a replica it always reads to the
 * log's end: training from an older model would lose the versions between.
 */
final class LatestModel {
    private static final Logger LOG = LoggerFactory.getLogger(LatestModel.class);

    private final ModelLogs logs;
    private final Executor loads;
    private final ModelSettings settings;
    private @Nullable String modelId;
    private @Nullable ModelLog log;
    private @Nullable Versioned cached;
    private boolean isLatest;
    private boolean closed;

    /**
     * Creates an instance that has not read yet.
     *
     * @param loads runs reads of objects, several at a time
     */
    LatestModel(ModelLogs logs, ModelSettings settings, Executor loads) {
        this.logs = logs;
        this.settings = settings;
        this.loads = loads;
    }

    /** Reads which model is current; a cached model of another id is dropped. */
    void selectCurrent() {
        select(logs.head().current());
    }

    /**
     * Reads which model is current, before a batch of the trainer; first switches to a rebuilt
     * model that has caught up with the current one.
     */
    void selectCurrentAfterCutover(Instant now) {
        select(ModelCutover.attempt(logs, logs.head(), now).current());
    }

    private void select(String current) {
        if (!current.equals(modelId)) {
            modelId = current;
            log = logs.log(current);
            cached = null;
            isLatest = false;
            closed = false;
        }
    }

    /** Returns the id of the current model. */
    String modelId() {
        String selected = modelId;
        if (selected == null) {
            selectCurrent();
            return modelId();
        }
        return selected;
    }

    /** Returns the log of the current model. */
    ModelLog log() {
        ModelLog selected = log;
        if (selected == null) {
            selectCurrent();
            return log();
        }
        return selected;
    }

    /**
     * Returns the version on which to build the next: the cached model if it is known to be the
     * log's end, else the model read to its end.
     *
     * @throws StoreUnavailableException if the log does not answer, if the neighbours that the
     *     version names cannot be loaded, or if the log is closed because another model is about to
     *     become current
     */
    Versioned get() {
        Versioned inMemory = cached;
        Versioned end = remembering(inMemory != null && isLatest ? inMemory : follow());
        if (closed) {
            throw new StoreUnavailableException(
                    "Model log", "it is closed; another model is about to become current");
        }
        return end;
    }

    private Versioned remembering(Versioned end) {
        Model model = end.model();
        if (model.remembers()) {
            return end;
        }
        LongMemory memory =
                ReplicaMemory.read(model.memories().latest().orElseThrow(), model.items(), log());
        Versioned complete = new Versioned(model.withMemory(memory), end.version(), end.at());
        cached = complete;
        return complete;
    }

    /**
     * Reads from the cached model to the log's end as of now, or further, and caches the result.
     * Versions never change, so versions read before stay valid. A log that grows meanwhile is not
     * read again; an append onto an older end is refused.
     *
     * @throws StoreUnavailableException if the log does not answer, or its end is not readable yet
     * @throws IllegalStateException if an object before its end is damaged and no later snapshot
     *     exists
     */
    Versioned follow() {
        ModelLog current = log();
        Optional<ModelLog.Version> last = current.head();
        Versioned from =
                cached != null ? cached : new Versioned(Model.empty(settings), 0, Instant.EPOCH);
        LogFollower.Result found = new LogFollower(current, loads).follow(from);
        cached = found.versioned();
        if (found.unanswered() != null) {
            throw found.unanswered();
        }
        long end = last.map(ModelLog.Version::version).orElse(0L);
        if (found.versioned().version() < end) {
            if (found.trouble() != null) {
                found.stop().ifPresent(LOG::error);
                throw new IllegalStateException(
                        "The model log cannot be read to its end: " + found.trouble());
            }
            throw new StoreUnavailableException(
                    "Model log", "its newest version " + end + " is not readable yet");
        }
        isLatest = true;
        closed = last.map(ModelLog.Version::closes).orElse(false);
        return found.versioned();
    }

    /** Returns the version of the log's newest snapshot; 0 if there is none. */
    long snapshotted() {
        return log().snapshots(1).stream().mapToLong(ModelLog.Snapshot::version).max().orElse(0);
    }

    /**
     * Returns when the log's newest snapshot was made; without one, when its oldest version was;
     * else now.
     */
    Instant since(Instant now) {
        ModelLog current = log();
        return current.snapshots(1).stream()
                .map(ModelLog.Snapshot::at)
                .findFirst()
                .or(() -> current.after(0, 1).stream().map(ModelLog.Version::at).findFirst())
                .orElse(now);
    }

    /**
     * Stores a snapshot of a version.
     *
     * @param rowsKept how long the rows below it are kept
     * @return its size in bytes
     */
    int snapshot(Versioned source, Instant now, Duration rowsKept) {
        byte[] bytes = SnapshotCodec.encode(source.model());
        log().putSnapshot(source.version(), bytes, now, now.plus(rowsKept));
        return bytes.length;
    }

    /** Caches the version that was just appended. */
    void advance(Versioned next) {
        cached = next;
        isLatest = true;
    }

    /** Marks the cached model as possibly older than the log's end. */
    void invalidate() {
        isLatest = false;
    }

    /**
     * Makes a rebuilt model the current one without losing an example: the log of the current model
     * is closed at a position that the rebuilt model has reached, and only then the head is moved.
     * Examples that were acknowledged before are in the closed log, and so in the rebuilt model;
     * later ones can be appended to the rebuilt model only. Any process may fail after any step;
     * another one continues.
     *
     * <p>Costs one small object and two rows.
     */
    static final class ModelCutover {
        private ModelCutover() {}

        /**
         * Switches if the next model has caught up with the current one.
         *
         * @return the head after the attempt; unchanged if the next model is behind, or if the
         *     trainer appended a version meanwhile
         * @throws dev.freshet.store.StoreUnavailableException if a store does not answer
         */
        static ModelLogs.Head attempt(ModelLogs logs, ModelLogs.Head head, Instant now) {
            if (head.next().isEmpty() || !isClosed(logs.log(head.current()), head, now)) {
                return head;
            }
            ModelLogs.Head switched = head.switched();
            return logs.move(head, switched) ? switched : logs.head();
        }

        private static boolean isClosed(ModelLog log, ModelLogs.Head head, Instant now) {
            Optional<ModelLog.Version> last = log.head();
            if (last.map(ModelLog.Version::closes).orElse(false)) {
                return true;
            }
            boolean covered =
                    last.map(row -> head.reached().compareTo(row.position()) >= 0).orElse(true);
            return covered && ModelLog.close(log, last, now);
        }
    }
}
