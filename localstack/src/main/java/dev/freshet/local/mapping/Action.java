package dev.freshet.local.mapping;

/** What a {@link ShardMachine} asks the world to do; the world answers by the same action. */
public sealed interface Action {

    /** The lane that asks; it asks for nothing else until it is answered. */
    int lane();

    ShardBatch batch();

    /** Invoke the function with a batch. */
    record Invoke(int lane, ShardBatch batch) implements Action {}

    /** Hand a batch to the on-failure destination, or drop it where there is none. */
    record GiveUp(int lane, ShardBatch batch, Condition condition) implements Action {}

    /** Why records are given up, in the words of AWS's invocation record. */
    enum Condition {
        RETRY_ATTEMPTS_EXHAUSTED("RetryAttemptsExhausted"),
        RECORD_AGE_EXCEEDED("RecordAgeExceeded");

        private final String word;

        Condition(String word) {
            this.word = word;
        }

        /** The word that the invocation record carries. */
        public String word() {
            return word;
        }
    }
}
