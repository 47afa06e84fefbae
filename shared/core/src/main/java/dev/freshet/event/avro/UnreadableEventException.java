package dev.freshet.event.avro;

import org.jspecify.annotations.Nullable;

/** Bytes of the {@code events} stream that are no event; they belong in quarantine. */
public final class UnreadableEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why bytes cannot be read. */
    public enum Reason {
        /** No single-object header in front. */
        NOT_AN_EVENT,
        /** A schema that this version does not know, perhaps a later one. */
        UNKNOWN_SCHEMA,
        /** Cut short, too long, or not what the schema says. */
        DAMAGED,
        /**
         * Well-formed, but it breaks a rule of {@link dev.freshet.event.Event}, such as a type not
         * known here.
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
