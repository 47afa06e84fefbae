package dev.freshet.demo.chaos;

import java.util.concurrent.atomic.LongAdder;

/**
 * Availability of the HTTP process, and counts of the recommendation requests made and answered
 * while it was up. A failed request that was in flight when the process was killed counts as made
 * while it was down.
 */
public final class Uptime {
    private final LongAdder requested = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder degraded = new LongAdder();
    private final LongAdder requestedWhileDown = new LongAdder();
    private volatile long generation = 1;

    /**
     * Returns the number of the process's current generation, negative while it is down; to be
     * passed back with the outcome of a request.
     */
    public long generation() {
        return generation;
    }

    void down() {
        generation = -Math.abs(generation);
    }

    void up() {
        generation = Math.abs(generation) + 1;
    }

    /**
     * Counts one recommendation request.
     *
     * @param generationAtRequest the generation when the request was made
     * @param ok whether a response arrived, degraded or not
     */
    public void count(long generationAtRequest, boolean ok, boolean degradedAnswer) {
        if (ok) {
            requested.increment();
            answered.increment();
            if (degradedAnswer) {
                degraded.increment();
            }
        } else if (generationAtRequest > 0 && generationAtRequest == generation) {
            requested.increment();
        } else {
            requestedWhileDown.increment();
        }
    }

    /** Returns the counts so far. */
    public Counts counts() {
        return new Counts(
                requested.sum(), answered.sum(), degraded.sum(), requestedWhileDown.sum());
    }

    /**
     * Recommendation requests by outcome.
     *
     * @param requested requests made while the process was up, and all that were answered
     * @param answered answered requests, degraded ones included
     * @param degraded answered requests that were degraded
     * @param requestedWhileDown failed requests made while the process was down
     */
    public record Counts(long requested, long answered, long degraded, long requestedWhileDown) {
        public double share() {
            return requested == 0 ? 0 : (double) answered / requested;
        }
    }
}
