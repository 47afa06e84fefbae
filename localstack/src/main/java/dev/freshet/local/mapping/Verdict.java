package dev.freshet.local.mapping;

import java.math.BigInteger;

/** Outcome of an invocation from the perspective of the mapping. */
public sealed interface Verdict {

    /** All records are finished. */
    record Done() implements Verdict {}

    /**
     * The records before a sequence number are finished; from it on they are delivered again.
     *
     * @param lowest the lowest sequence number that the function reported; a record of the batch
     */
    record Unfinished(BigInteger lowest) implements Verdict {}

    /**
     * The function failed, or reported that the whole batch failed.
     *
     * @param reason one line for people
     */
    record Failed(String reason) implements Verdict {}

    /**
     * The function did not run (throttled, or the service failed): delivered again later without
     * using a retry.
     *
     * @param reason one line for people
     */
    record NotRun(String reason) implements Verdict {}
}
