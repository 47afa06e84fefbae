package dev.freshet.json;

/**
 * The rules of identifiers: ids of users, items, events and sessions, and other short names.
 *
 * <p>Every rule demands 1 to {@value #MAX_LENGTH} UTF-16 characters that are well-formed and hold
 * no control character ({@link TextRule#SINGLE_LINE}). The rules differ in what else they refuse:
 *
 * <table>
 * <caption>What each rule refuses in addition</caption>
 * <tr><th>rule</th><th>only white space</th><th>{@code .} and {@code ..}</th><th>used for</th></tr>
 * <tr><td>{@link #ADDRESSABLE}</td><td>refused</td><td>refused</td><td>events</td></tr>
 * <tr><td>{@link #NOT_BLANK}</td><td>refused</td><td>allowed</td><td>items, profiles, paths, user tokens</td></tr>
 * <tr><td>{@link #NOT_EMPTY}</td><td>allowed</td><td>allowed</td><td>queries</td></tr>
 * </table>
 *
 * <p>A query may therefore name any id that an event or an item can have brought in.
 */
public enum Identifier {
    /**
     * An id that can be a segment of a URL's path. RFC 3986 removes the segments {@code .} and
     * {@code ..}, so a user or item stored under one of them could be neither read nor erased.
     */
    ADDRESSABLE {
        @Override
        boolean allows(String text) {
            return !text.isBlank() && !text.equals(".") && !text.equals("..");
        }
    },

    /** An id or name with at least one character that is not white space. */
    NOT_BLANK {
        @Override
        boolean allows(String text) {
            return !text.isBlank();
        }
    },

    /** An id with at least one character. */
    NOT_EMPTY {
        @Override
        boolean allows(String text) {
            return !text.isEmpty();
        }
    };

    /** Longest identifier, in UTF-16 characters. */
    public static final int MAX_LENGTH = 128;

    /** Returns whether the text is an identifier by this rule. */
    public boolean accepts(String text) {
        return text.length() <= MAX_LENGTH && allows(text) && TextRule.SINGLE_LINE.accepts(text);
    }

    abstract boolean allows(String text);
}
