package dev.freshet.local.function;

/** Outcome of one invocation of a function. */
public sealed interface Invocation {

    /** The function returned; {@code payload} is JSON, or empty. */
    record Answer(String payload) implements Invocation {}

    /**
     * The function threw an exception, or its process died.
     *
     * @param type class or kind of the error
     * @param message description in one line
     */
    record Failed(String type, String message) implements Invocation {
        /** Returns type and message in one line. */
        public String line() {
            return type + ": " + message;
        }
    }

    /** The function exceeded its time limit and was stopped. */
    record TimedOut(long afterMs) implements Invocation {}

    /** The function was not run because its concurrency limit was reached. */
    record Throttled() implements Invocation {}
}
