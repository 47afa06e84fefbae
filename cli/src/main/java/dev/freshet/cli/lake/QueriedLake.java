package dev.freshet.cli.lake;

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
}
