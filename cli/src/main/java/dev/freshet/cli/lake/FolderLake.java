package dev.freshet.cli.lake;

import dev.freshet.cli.lake.QueriedLake.LakeFileFormat;
import dev.freshet.lake.LakeTable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The lake of a local cloud, in a folder of this machine. */
public interface FolderLake extends QueriedLake, AutoCloseable {
    /** A query or a file that could not be read, with the database's own sentence. */
    final class LakeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public LakeException(Exception cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    /**
     * What settling changed.
     *
     * @param inserted rows that are new in settled tables
     * @param erased rows of erased people that were removed
     * @param rewritten files that were written
     * @param expired folders of days that are kept no longer
     */
    record Settled(long inserted, long erased, int rewritten, int expired) {
        public static final Settled NOTHING = new Settled(0, 0, 0, 0);

        public Settled plus(Settled other) {
            return new Settled(
                    inserted + other.inserted,
                    erased + other.erased,
                    rewritten + other.rewritten,
                    expired + other.expired);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws LakeException if the database refuses the query
     */
    @Override
    QueryRows query(String sql, int limit);

    /**
     * Settles what arrived: erases, inserts one row for each event that has none, and removes days
     * that are kept no longer. A second run changes nothing.
     *
     * @param now decides what is kept no longer
     * @param keptDays how long settled rows are kept
     */
    Settled settle(Instant now, int keptDays);

    /**
     * Returns the days of the rows of a table, in order.
     *
     * @param day the expression of a row's day
     */
    List<LocalDate> daysOf(LakeTable table, String day);

    /**
     * Writes the rows of a query to a file, in place of the content of one that exists, which keeps
     * its permissions.
     *
     * @return how many rows were written
     */
    long export(String query, Path file, LakeFileFormat format);

    /** Returns how many records were not transformed and wait for another attempt. */
    long recordsGivenUp();

    /** Returns how many rows broke a rule of the table. */
    long rowsGivenUp();

    @Override
    void close();
}
