package dev.freshet.catalog;

/**
 * An item that cannot be taken into the catalogue: a stable kebab-case code and a sentence with
 * what to do.
 */
public final class InvalidItemException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    public InvalidItemException(String code, String detail) {
        super(detail);
        this.code = code;
    }

    /** Stable, kebab-case, one for each rule. */
    public String code() {
        return code;
    }
}
