package dev.freshet.json;

/**
 * The rule of identifiers: ids of users, items, events and sessions, and other short names,
 * wherever they come from (events, catalogue, profiles, queries, paths, user tokens).
 *
 * <p>An identifier has 1 to {@value #MAX_LENGTH} UTF-16 characters that are well-formed, of which
 * at least one is not white space and none is a control character ({@link TextRule#SINGLE_LINE}).
 * It is neither {@code .} nor {@code ..}: RFC 3986 removes these segments from the path of a URL,
 * so what is stored under one of them could be neither read nor erased.
 */
public enum Identifier {
    /** Any identifier. */
    ANY,

    /**
     * The id of a user or of an anonymous user. It is not {@code alias}, because requests for
     * {@code /v1/users/alias} reach the route of that name instead of the user.
     */
    USER;

    /** Longest identifier, in UTF-16 characters. */
    public static final int MAX_LENGTH = 128;

    private static final String ROUTE = "alias";

    /** Returns the rule in words that continue "a text of". */
    public String rule() {
        return "1 to "
                + MAX_LENGTH
                + " characters, not blank, not "
                + (this == USER ? "'.', '..' or '" + ROUTE + "'" : "'.' or '..'")
                + ", without control characters or lone surrogates";
    }

    /** Returns whether the text is an identifier by this rule. */
    public boolean accepts(String text) {
        return text.length() <= MAX_LENGTH
                && !text.isBlank()
                && !isReserved(text)
                && TextRule.SINGLE_LINE.accepts(text);
    }

    private boolean isReserved(String text) {
        return text.equals(".") || text.equals("..") || (this == USER && text.equals(ROUTE));
    }
}
