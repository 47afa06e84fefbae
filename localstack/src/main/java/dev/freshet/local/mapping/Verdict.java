package dev.freshet.local.mapping;

import java.math.BigInteger;

/** What became of an invocation, as far as the mapping is concerned. */
public sealed interface Verdict {

    /** Every record is finished. */
    record Done() implements Verdict {}

    /**
     * The records before a sequence number are finished; from it on they are delivered again.
     *
     * @param lowest the lowest number that the function named; a record of the batch
     */
    record Unfinished(BigInteger lowest) implements Verdict {}

    /**
     * The function ran and failed, or answered that everything failed.
     *
     * @param reason one line for people
     */
    record Failed(String reason) implements Verdict {}

    /**
     * The function was not run (throttled, or the service failed): tried again later, at the cost
     * of no retry.
     *
     * @param reason one line for people
     */
    record NotRun(String reason) implements Verdict {}
}
