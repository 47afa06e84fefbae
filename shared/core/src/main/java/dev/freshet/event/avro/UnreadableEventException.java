package dev.freshet.event.avro;

import org.jspecify.annotations.Nullable;

/** Thrown for bytes of the {@code events} stream that are not an event and go to quarantine. */
public final class UnreadableEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The reasons for which bytes cannot be decoded. */
    public enum Reason {
        /** The single-object header is missing. */
        NOT_AN_EVENT,
        /** No known version of the schema has the fingerprint; it may be a later version. */
        UNKNOWN_SCHEMA,
        /** The datum is truncated, too long, or does not match the schema. */
        DAMAGED,
        /**
         * The datum is well-formed but breaks a rule of {@link dev.freshet.event.Event}, such as by
         * an unknown type.
         */
        BREAKS_A_RULE
    }

    private final Reason reason;

    UnreadableEventException(Reason reason, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
