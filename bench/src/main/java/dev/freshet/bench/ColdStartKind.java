package dev.freshet.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A kind of start, with the durations of each run.
 *
 * @param name key in the JSON result
 * @param label name for people
 * @param times measured so far
 */
record ColdStartKind(String name, String label, Start start, List<ColdStart.Times> times) {

    /** A way to start a process. */
    interface Start {
        /** Runs one process to its first answer. */
        ColdStart.Times run(String event, String requestId) throws InterruptedException;
    }

    /** Returns a kind without measurements. */
    static ColdStartKind of(String name, String label, Start start) {
        return new ColdStartKind(name, label, start, new ArrayList<>());
    }

    Spread ready() {
        return Spread.of(times.stream().map(ColdStart.Times::ready).toList());
    }

    Spread worked() {
        return Spread.of(times.stream().map(ColdStart.Times::worked).toList());
    }

    Spread answered() {
        return Spread.of(times.stream().map(ColdStart.Times::answered).toList());
    }
}
