package dev.freshet.cli.lake;

import java.util.Locale;

/** A lake that answers queries: the local one, or that of a stack on AWS. */
public interface QueriedLake {
    /**
     * Runs a query.
     *
     * @param limit the most rows
     */
    QueryRows query(String sql, int limit);

    /** Returns the number in the only row of a query; 0 for NULL. */
    default long number(String sql) {
        return query(sql, 1).rows().getFirst().getFirst().asLong();
    }

    /** A format of exported files. */
    public enum LakeFileFormat {
        PARQUET,
        CSV,
        JSONL;

        /** Returns the word that names the format and ends the names of its files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
