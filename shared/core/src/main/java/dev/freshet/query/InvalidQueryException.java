package dev.freshet.query;

/** A question that cannot be answered as put; becomes a problem document. */
public final class InvalidQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * Says what is wrong and what to do.
     *
     * @param code stable, kebab-case: {@code unknown-filter-field}
     * @param detail one sentence for a person, with what to do
     */
    public InvalidQueryException(String code, String detail) {
        super(detail);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
