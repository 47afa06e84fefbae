package dev.freshet.attribute;

/** Attributes that break a rule; the message is one sentence for a person. */
public final class InvalidAttributesException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The code of every such refusal. */
    public static final String CODE = "bad-attributes";

    private final String detail;

    InvalidAttributesException(String detail) {
        super(detail);
        this.detail = detail;
    }

    /** Returns one sentence for a person; it quotes nothing of the values. */
    public String detail() {
        return detail;
    }
}
