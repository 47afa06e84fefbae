package dev.freshet.model.log;

import dev.freshet.model.Delta;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.codec.DeltaCodec;
import dev.freshet.model.learn.LearnedRows;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Port: the log of a model's versions. Rows are small and put if absent, so two trainers cannot
 * both win; objects are checked by their SHA-256. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
public interface ModelLog {
    /** Longest delta or snapshot, in bytes. */
    int MAX_OBJECT_BYTES = 256 << 20;

    /** Most snapshots that a log keeps. */
    int MAX_SNAPSHOTS = 8;

    /**
     * One version's row.
     *
     * @param version from 1, without gaps
     * @param key the delta's object key, which contains its hash
     * @param sha256 lower-case hex of the delta's bytes
     * @param marks high-water marks after this version
     * @param examplesPosition sequence number in {@code examples} of the last record folded in, or
     *     empty
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

        /** Whether this is the last version that its log will ever have. */
        public boolean closes() {
            return examplesPosition.startsWith(CLOSING);
        }

        /** How far in {@code examples} this version has come; 0 for the very beginning. */
        public BigInteger position() {
            String number =
                    closes() ? examplesPosition.substring(CLOSING.length()) : examplesPosition;
            return number.isEmpty() ? BigInteger.ZERO : new BigInteger(number);
        }
    }

    /**
     * Closes a log behind this version, or behind nothing where it is empty: a version without
     * examples, put if absent like any other, so that either it or a trainer's next version comes
     * to stand there, and whoever thinks the log open is refused.
     *
     * @return false when another version stands there
     */
    static boolean close(ModelLog log, Optional<Version> last, Instant at) {
        HighWaterMarks marks = last.map(Version::marks).orElse(HighWaterMarks.NONE);
        byte[] nothing = DeltaCodec.encode(new Delta(List.of(), marks, LearnedRows.NONE));
        return log.append(
                        last.map(Version::version).orElse(0L) + 1,
                        nothing,
                        marks,
                        Version.CLOSING + last.map(Version::examplesPosition).orElse(""),
                        at)
                .isPresent();
    }

    /** A snapshot's row: the whole model as of {@code version}. */
    record Snapshot(long version, String key, String sha256, int bytes, Instant at) {}

    /** The newest version's row, strongly consistent; empty for a log without versions. */
    Optional<Version> head();

    /** The rows after this version, oldest first, ≤ limit. */
    List<Version> after(long version, int limit);

    /** Snapshot rows, newest first, ≤ limit: when one is damaged the one before serves. */
    List<Snapshot> snapshots(int limit);

    /**
     * Writes the object, then the row if absent.
     *
     * @return the row, or empty when the version was there already: refused, reload
     */
    Optional<Version> append(
            long version, byte[] delta, HighWaterMarks marks, String examplesPosition, Instant at);

    /**
     * Writes the object, then the row, in place of an earlier snapshot of this version; rows of
     * versions and snapshots below it then expire at {@code expireAt}. The row of this very version
     * stays, so that a log never loses its head. Of all snapshots the newest {@value
     * #MAX_SNAPSHOTS} stay; older ones go at once, with their objects.
     */
    void putSnapshot(long version, byte[] snapshot, Instant at, Instant expireAt);

    /** Most objects of each kind that one {@link #sweep} looks at. */
    int MAX_SWEPT = 1_000;

    /**
     * When the row of this version stops being there; empty while nothing says when, and where
     * there is no such row.
     */
    Optional<Instant> expiry(long version);

    /**
     * Removes objects that no row leads to any more, oldest first: deltas of versions before the
     * oldest that is still there, and snapshots before the oldest one. What they hold is people's
     * behaviour, and is kept no longer than needed.
     *
     * @return how many were removed; where it is {@value #MAX_SWEPT} or more there may be others
     */
    int sweep();

    /**
     * The bytes of a version's delta, checked.
     *
     * @throws DamagedObjectException when it is missing, too long, or its checksum differs
     */
    byte[] delta(Version version);

    /**
     * The bytes of a snapshot, checked.
     *
     * @throws DamagedObjectException when it is missing, too long, or its checksum differs
     */
    byte[] snapshot(Snapshot snapshot);

    /** An object of the log is not what its row says. */
    final class DamagedObjectException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public DamagedObjectException(String key, String why) {
            super("Object " + key + " of the model log is damaged: " + why);
        }
    }
}
