package dev.freshet.functions;

import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.QueryParameters;
import java.util.Optional;

/**
 * Which part of a list a request asks for, by the query parameters {@code after} and {@code count}.
 *
 * @param after the position after which the page begins, or empty for the beginning
 * @param count most entries
 */
record PageRequest(Optional<String> after, int count) {
    /** Most entries of a page, and how many there are without {@code count}. */
    static final int MOST = 100;

    /**
     * Reads the parameters.
     *
     * @param list the list that cursors belong to, as in {@link PageCursor#of}
     * @throws ProblemException 400 for a cursor of another list
     * @throws InvalidQueryException for a count out of range
     */
    static PageRequest of(HttpRequest request, String list) {
        return new PageRequest(
                request.query("after").map(cursor -> PageCursor.position(list, cursor)),
                count(request, MOST));
    }

    /**
     * Reads {@code count} alone.
     *
     * @param usual the count of a request that names none
     * @throws InvalidQueryException for a count out of range
     */
    static int count(HttpRequest request, int usual) {
        return new QueryParameters(request.query()).whole("count", 1, MOST, usual);
    }
}
