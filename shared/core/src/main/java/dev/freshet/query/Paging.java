package dev.freshet.query;

/** How much of a list a request asks for. */
public sealed interface Paging {
    /** A list by itself, without further pages. */
    Paging WHOLE = new Whole();

    /** The first page of a list of up to {@value RecommendationQuery#MAX_COUNT} places. */
    Paging FIRST = new First();

    /** A list by itself, without further pages. */
    record Whole() implements Paging {}

    /** The first page of a list. */
    record First() implements Paging {}

    /**
     * The page that follows another one.
     *
     * @param cursor what the response of that page named as {@code next}
     */
    record Later(String cursor) implements Paging {}
}
