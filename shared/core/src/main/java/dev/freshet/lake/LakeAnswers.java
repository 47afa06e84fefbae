package dev.freshet.lake;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The latest results of the named queries, which a night asks after it has settled. */
@FunctionalInterface
public interface LakeAnswers {
    /** The prefix of the objects with results in the bucket of the lake. */
    String PREFIX = "answers/";

    /** The days of which a night asks, with the one on which it runs. */
    int DAYS = 28;

    /**
     * The queries that a night asks: those that need nothing but days, except what erasures reach,
     * which reads all days to find nothing after a night.
     */
    List<NamedQuery> QUERIES =
            Stream.of(NamedQuery.values())
                    .filter(query -> !query.needsItem() && query != NamedQuery.ERASURE_REACH)
                    .toList();

    /**
     * What a named query answered, for callers who do not wait for a query.
     *
     * @param askedAt when the result was stored
     * @param columns names of the columns
     * @param rows values as the engine writes them, in the order of the columns; null for NULL
     * @param isWhole whether these are all rows of the result
     */
    record LakeAnswer(
            Instant askedAt,
            List<String> columns,
            List<List<@Nullable String>> rows,
            boolean isWhole) {
        /** Most rows of an answer. */
        public static final int MAX_ROWS = 1_000;

        /** Most bytes of a stored result that are read. */
        public static final int MAX_BYTES = 1 << 20;

        /**
         * Reads a result.
         *
         * @param csv as {@link ResultCsv} takes it, in UTF-8; its first {@link #MAX_BYTES} if it is
         *     longer, of which the last row, perhaps a part of one, is left out
         * @param isEnd whether these are all bytes of the result
         */
        public static LakeAnswer read(Instant askedAt, byte[] csv, boolean isEnd) {
            try (ResultCsv in =
                    new ResultCsv(new StringReader(new String(csv, StandardCharsets.UTF_8)))) {
                List<@Nullable String> head = in.next();
                if (head == null) {
                    return new LakeAnswer(askedAt, List.of(), List.of(), isEnd);
                }
                List<String> columns =
                        head.stream().map(name -> Objects.toString(name, "")).toList();
                List<List<@Nullable String>> rows = new ArrayList<>();
                for (List<@Nullable String> row = in.next(); row != null; row = in.next()) {
                    if (rows.size() == MAX_ROWS || (in.isCut() && !isEnd)) {
                        return new LakeAnswer(askedAt, columns, rows, false);
                    }
                    rows.add(row);
                }
                return new LakeAnswer(askedAt, columns, rows, isEnd);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    /**
     * Returns the latest answer of a query, or empty if no night has asked it.
     *
     * @throws dev.freshet.store.StoreUnavailableException if the store does not answer
     */
    Optional<LakeAnswer> latest(NamedQuery query);

    /** Returns the key of the object with the result of a query. */
    static String key(NamedQuery query) {
        return PREFIX + query.wireName() + ".csv";
    }

    /**
     * Returns the statement of a query as a night asks it, by the day on which it runs.
     *
     * @param people number of different people who have to be behind a count
     */
    static String sql(NamedQuery query, int people) {
        return query.ofSettled(SqlRange.daysAgo(DAYS, -1), people);
    }
}
