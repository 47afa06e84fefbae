package dev.freshet.features;

/** The outcomes of a finished record of {@code events}. */
public enum EventOutcome {
    /** A row was stored. */
    STORED,
    /** The row was stored by an earlier delivery of this record: its example is emitted again. */
    REDELIVERED,
    /** The row was stored by another record: nothing is emitted. */
    DUPLICATE,
    /**
     * The user does not consent to personalisation: no row, no example. Or the user consents to
     * personalisation but not to analytics, and the event is an impression: no row, but the items'
     * impressions are counted.
     */
    WITHOUT_CONSENT,
    /** Received before its user was erased: no row, no example. */
    ERASED,
    /**
     * An erasure was processed: the rows are removed, and an example removes the user from the
     * model.
     */
    ERASURE,
    /**
     * A retraction of an interaction that is not stored, or no longer: its row is stored, no
     * example.
     */
    NOTHING_TO_RETRACT,
    /**
     * Resubmitted from quarantine after its user had retracted it: its row is stored, no example.
     */
    ALREADY_RETRACTED,
    /** The anonymous id is linked to the user. */
    ALIASED,
    /** The anonymous id belongs to another user already: nothing changed. */
    ALIAS_REFUSED,
    /** Quarantined with its reason. */
    QUARANTINED
}
