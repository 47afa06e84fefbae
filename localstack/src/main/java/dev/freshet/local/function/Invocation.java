package dev.freshet.local.function;

/** What came of one invocation. */
public sealed interface Invocation {

    /** The function answered; {@code payload} is JSON, or empty. */
    record Answer(String payload) implements Invocation {}

    /**
     * The function threw, or its process died.
     *
     * @param type the error's class or kind
     * @param message one line
     */
    record Failed(String type, String message) implements Invocation {
        /** Type and message in one line. */
        public String line() {
            return type + ": " + message;
        }
    }

    /** The function ran longer than its timeout and was stopped. */
    record TimedOut(long afterMs) implements Invocation {}

    /** The function was not run: it already runs as often as it may. */
    record Throttled() implements Invocation {}
}
