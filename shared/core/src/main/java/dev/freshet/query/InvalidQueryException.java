package dev.freshet.query;

/**
 * A query, or another document of an owner, that breaks a rule; the API answers it with a problem
 * document.
 */
public final class InvalidQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * Creates the exception with what is wrong and what to do.
     *
     * @param code stable, kebab-case: {@code unknown-filter-field}
     * @param detail one sentence for a person, with what to do
     */
    public InvalidQueryException(String code, String detail) {
        super(detail);
        this.code = code;
    }

    /**
     * Requires that a document keeps a rule. The detail is made whether or not it is needed.
     *
     * @throws InvalidQueryException if the rule does not hold
     */
    public static void require(boolean holds, String code, String detail) {
        if (!holds) {
            throw new InvalidQueryException(code, detail);
        }
    }

    public String code() {
        return code;
    }
}
