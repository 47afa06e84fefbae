package dev.freshet.lake;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The latest results of the named queries, which a night asks after it has settled. */
@FunctionalInterface
public interface LakeAnswers {
    /** The prefix of the objects with results in the bucket of the lake. */
    String PREFIX = "answers/";

    /** The days of which a night asks, with the one on which it runs. */
    int DAYS = 28;

    /** The queries that a night asks: those that need nothing but days. */
    List<NamedQuery> QUERIES =
            Stream.of(NamedQuery.values()).filter(query -> !query.needsItem()).toList();

    /**
     * Returns the latest answer of a query, or empty if no night has asked it.
     *
     * @throws dev.freshet.store.StoreUnavailableException if the store does not answer
     */
    Optional<LakeAnswer> latest(NamedQuery query);

    /** Returns the key of the object with the result of a query. */
    static String key(NamedQuery query) {
        return PREFIX + query.queryName() + ".csv";
    }

    /** Returns the statement of a query as a night asks it, by the day on which it runs. */
    static String sql(NamedQuery query) {
        return query.sql(SqlRange.daysAgo(DAYS, -1), "");
    }
}
