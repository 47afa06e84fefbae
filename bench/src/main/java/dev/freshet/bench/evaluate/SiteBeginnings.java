package dev.freshet.bench.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * Streams of one kind of site, each as seen by a stack that begins with it.
 *
 * @param name name of the data set or generated site
 * @param beginnings streams of at most {@link #EVENTS} events
 */
record SiteBeginnings(String name, List<Trace> beginnings) {
    /** The number of events of a beginning. */
    static final int EVENTS = 5_000;

    /** Returns a stream that begins at several places of it, spread evenly. */
    static SiteBeginnings of(String name, Trace trace, int beginnings) {
        List<Trace> parts = new ArrayList<>();
        int room = Math.max(0, trace.steps().size() - EVENTS);
        for (int at = 0; at < beginnings; at++) {
            parts.add(trace.part((int) ((long) room * at / Math.max(1, beginnings - 1)), EVENTS));
        }
        return new SiteBeginnings(name, parts);
    }
}
