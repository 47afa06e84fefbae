package dev.freshet.local.mapping;

/**
 * An action that a {@link ShardMachine} requests from its driver, which reports the outcome with
 * the same action.
 */
public sealed interface Action {

    /**
     * Returns the number of the requesting lane; it requests nothing else until the outcome is
     * reported.
     */
    int lane();

    ShardBatch batch();

    /** Invoke the function with a batch. */
    record Invoke(int lane, ShardBatch batch) implements Action {}

    /** Send a batch to the on-failure destination, or drop it if there is none. */
    record GiveUp(int lane, ShardBatch batch, Condition condition) implements Action {}

    /** Reason for giving up records, named as in AWS's invocation record. */
    enum Condition {
        RETRY_ATTEMPTS_EXHAUSTED("RetryAttemptsExhausted"),
        RECORD_AGE_EXCEEDED("RecordAgeExceeded");

        private final String text;

        Condition(String text) {
            this.text = text;
        }

        /** Returns the text of the reason in the invocation record. */
        public String text() {
            return text;
        }
    }
}
