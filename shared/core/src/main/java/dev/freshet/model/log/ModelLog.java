package dev.freshet.model.log;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.check.Millis;
import dev.freshet.model.Delta;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.learn.LearnedState;
import dev.freshet.model.log.NewestVersion.DeltaSpan;
import dev.freshet.model.memory.MemoryNames;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The port to the log of a model's versions. Rows are small and written only if absent, so that of
 * two trainers only one can succeed; objects are verified by their SHA-256. Every method may throw
 * {@link dev.freshet.store.StoreUnavailableException}.
 */
public interface ModelLog {
    /** The largest size of a delta or a snapshot, in bytes. */
    int MAX_OBJECT_BYTES = 256 << 20;

    /** The largest number of snapshots that a log keeps. */
    int MAX_SNAPSHOTS = 8;

    /**
     * The row of one version.
     *
     * @param version from 1, without gaps
     * @param key object key of the delta, which contains its hash
     * @param sha256 lower-case hex of the delta's hash
     * @param bytes length of the delta
     * @param marks high-water marks after this version
     * @param examplesPosition sequence number in {@code examples} of the last record folded in, or
     *     empty
     * @param at when the version was made
     */
    record Version(
            long version,
            String key,
            String sha256,
            int bytes,
            HighWaterMarks marks,
            String examplesPosition,
            Instant at) {
        private static final String CLOSING = "closed@";

        public Version {
            at = Millis.of(at);
        }

        /** Returns whether this version closes its log, which then gets no further versions. */
        public boolean closes() {
            return examplesPosition.startsWith(CLOSING);
        }

        /**
         * Returns the sequence number in {@code examples} that this version has reached; 0 for the
         * beginning.
         */
        public BigInteger position() {
            String number =
                    closes() ? examplesPosition.substring(CLOSING.length()) : examplesPosition;
            return number.isEmpty() ? BigInteger.ZERO : new BigInteger(number);
        }
    }

    /**
     * Closes a log after its last version by a version without examples. It is written only if
     * absent, like any other, so that either it or a trainer's next version is stored, and a
     * trainer that assumes the log to be open is refused.
     *
     * @param last the last version, empty for an empty log
     * @return false when another version has been stored in its place
     */
    static boolean close(ModelLog log, Optional<Version> last, Instant at) {
        HighWaterMarks marks = last.map(Version::marks).orElse(HighWaterMarks.NONE);
        byte[] nothing =
                DeltaCodec.encode(
                        new Delta(List.of(), marks, CatalogueMode.CLOSED, LearnedState.Rows.NONE));
        return log.append(
                        last.map(Version::version).orElse(0L) + 1,
                        nothing,
                        marks,
                        Version.CLOSING + last.map(Version::examplesPosition).orElse(""),
                        at)
                .isPresent();
    }

    /**
     * The row of a snapshot: the whole model as of {@code version}.
     *
     * @param key object key of the snapshot, which contains its hash
     * @param sha256 lower-case hex of the snapshot's hash
     * @param bytes length of the snapshot
     * @param at when the snapshot was made
     */
    record Snapshot(long version, String key, String sha256, int bytes, Instant at) {
        public Snapshot {
            at = Millis.of(at);
        }
    }

    /**
     * Returns the row of the newest version, by a strongly consistent read; empty for a log without
     * versions.
     */
    Optional<Version> head();

    /** Returns the rows after this version, oldest first, ≤ limit. */
    List<Version> after(long version, int limit);

    /**
     * Returns snapshot rows, newest first, ≤ limit. When a snapshot is damaged, the previous one
     * can be used.
     */
    List<Snapshot> snapshots(int limit);

    /**
     * Stores the delta's object, then its row if absent.
     *
     * @return the row, or empty when the version already existed; the caller then reloads the log
     */
    Optional<Version> append(
            long version, byte[] delta, HighWaterMarks marks, String examplesPosition, Instant at);

    /**
     * Stores deltas of consecutive versions as one object, which a {@link NewestVersion} can name.
     * It is read within seconds and swept once a snapshot of a later version exists.
     *
     * @param first the first of the versions
     * @param span bytes of {@link DeltaSpan}
     */
    default ModelArchive.StoredObject putSpan(long first, byte[] span) {
        return archive().put(ModelArchive.Kind.SPANS, first, span);
    }

    /** Returns the objects of the log. */
    ModelArchive archive();

    /**
     * Stores the snapshot's object, then its row, replacing an earlier snapshot of this version;
     * rows of versions and snapshots below it then expire at {@code expireAt}. The row of this
     * version does not expire, so that a log always keeps its newest version. The newest {@value
     * #MAX_SNAPSHOTS} snapshots are kept; older ones are removed at once, with their objects.
     */
    void putSnapshot(long version, byte[] snapshot, Instant at, Instant expireAt);

    /** The largest number of objects of each kind that one {@link #sweep} examines. */
    int MAX_SWEPT = 1_000;

    /**
     * Returns the time at which the row of this version expires; empty where none is set, and where
     * there is no such row.
     */
    Optional<Instant> expiry(long version);

    /**
     * Removes objects that no row refers to any more, oldest first: deltas of versions before the
     * oldest remaining one, and snapshots before the oldest remaining one; also spans that begin
     * before the newest snapshot. They contain the behaviour of users, which is not kept longer
     * than needed.
     *
     * <p>Costs, beside the search for the oldest row, one list request for each kind of object, and
     * one delete request for each object.
     *
     * @return the number of objects removed; if it is {@value #MAX_SWEPT} or more, there may be
     *     others
     */
    default int sweep() {
        int removed = 0;
        Optional<Version> newest = head();
        if (newest.isPresent()) {
            long oldest = oldestRemaining(newest.get().version());
            removed += archive().sweep(ModelArchive.Kind.DELTAS, oldest);
        }
        List<Snapshot> available = snapshots(MAX_SNAPSHOTS);
        if (!available.isEmpty()) {
            removed += archive().sweep(ModelArchive.Kind.SNAPSHOTS, available.getLast().version());
            removed += archive().sweep(ModelArchive.Kind.SPANS, available.getFirst().version());
        }
        return removed;
    }

    /**
     * Returns the oldest version whose row remains. Rows expire in the order of their versions, and
     * the newest does not expire.
     */
    long oldestRemaining(long newest);

    /**
     * Removes neighbours of jobs before the one in force that no kept version names.
     *
     * @param names of the newest version
     * @return the number of objects removed
     */
    default int sweepNeighbours(MemoryNames names) {
        return archive().sweepNeighbours(names);
    }

    /**
     * Returns the bytes of a version's delta after verifying them.
     *
     * @throws DamagedObjectException when the object is missing, too long, or its checksum differs
     */
    default byte[] delta(Version version) {
        return object(
                new ModelArchive.StoredObject(version.key(), version.sha256(), version.bytes()));
    }

    /**
     * Returns the bytes of an object that a row names after verifying them.
     *
     * @throws DamagedObjectException when the object is missing, too long, or its checksum differs
     */
    default byte[] object(ModelArchive.StoredObject object) {
        return archive().read(object);
    }

    /**
     * Returns the bytes of a snapshot after verifying them.
     *
     * @throws DamagedObjectException when the object is missing, too long, or its checksum differs
     */
    default byte[] snapshot(Snapshot snapshot) {
        return object(
                new ModelArchive.StoredObject(snapshot.key(), snapshot.sha256(), snapshot.bytes()));
    }

    /** Thrown when an object of the log does not match its row. */
    final class DamagedObjectException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public DamagedObjectException(String key, String why) {
            super("Object " + key + " of the model log is damaged: " + why);
        }
    }
}
