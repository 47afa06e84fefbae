package dev.freshet.features;

/** The ways in which a record of {@code events} is finished. */
public enum EventOutcome {
    /** A row was put. */
    STORED,
    /** The row was there, put by this very record: its example goes out again. */
    REDELIVERED,
    /** The row was there, put by another record: nothing goes out. */
    DUPLICATE,
    /**
     * The reader does not allow personalisation: no row, no example. Or allows it without
     * analytics: of a list shown no row, only how often each item was.
     */
    WITHOUT_CONSENT,
    /** Received before its reader was erased: no row, no example. */
    ERASED,
    /** A reader's erasure took its turn: rows gone, the model told to forget. */
    FORGOTTEN,
    /**
     * A retraction whose interaction is not, or no longer, there: its row stands, nothing to take
     * back.
     */
    NOTHING_TO_RETRACT,
    /**
     * Brought back from quarantine after its reader had taken it back: its row stands, nothing to
     * learn.
     */
    TAKEN_BACK,
    /** An anonymous id is the user's. */
    ALIASED,
    /** The anonymous id belongs to another user already: nothing changed. */
    ALIAS_REFUSED,
    /** Kept aside with its reason. */
    QUARANTINED
}
