package dev.freshet.json;

/** A request body that is not JSON, or JSON beyond the bounds of {@link StrictJson}. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String detail;

    /**
     * Creates the exception with what is wrong and where.
     *
     * @param code stable, kebab-case: {@code not-json}, {@code json-out-of-bounds}
     * @param detail one sentence for a person; quotes nothing of the body
     */
    public MalformedJsonException(String code, String detail) {
        super(detail);
        this.code = code;
        this.detail = detail;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return detail;
    }
}
