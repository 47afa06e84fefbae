package dev.freshet.catalog;

/**
 * An item that breaks a rule of the catalogue: a stable kebab-case code and a message that says
 * what to do.
 */
public final class InvalidItemException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    public InvalidItemException(String code, String detail) {
        super(detail);
        this.code = code;
    }

    /** Returns the stable code of the broken rule, in kebab-case. */
    public String code() {
        return code;
    }
}
