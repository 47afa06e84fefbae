package dev.freshet.insight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How many events the model has learned, at the times when this process was asked: at most {@value
 * #MOST} samples at least ten seconds apart, of the last hour. A process that has just begun knows
 * one sample and no pace. Safe for use by several threads.
 */
public final class LearningPace {
    /** Most samples. */
    static final int MOST = 360;

    /** The least time between two samples. */
    static final Duration BETWEEN = Duration.ofSeconds(10);

    /** The time that samples are kept. */
    static final Duration KEPT = Duration.ofHours(1);

    /** The time over which the pace is measured. */
    static final Duration OVER = Duration.ofMinutes(5);

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * The events that a version of the model has learned.
     *
     * @param at when the version was made
     * @param events since the model began
     */
    public record Sample(Instant at, long events) {}

    /**
     * Adds a sample. A smaller number of events than before means that another model is served, and
     * the samples begin anew.
     */
    public synchronized void add(Sample sample) {
        Sample last = samples.peekLast();
        if (last != null && sample.events() < last.events()) {
            samples.clear();
            last = null;
        }
        if (last != null && sample.at().isBefore(last.at().plus(BETWEEN))) {
            return;
        }
        samples.addLast(sample);
        while (samples.size() > MOST || samples.getFirst().at().isBefore(sample.at().minus(KEPT))) {
            samples.removeFirst();
        }
    }

    /** Returns the samples, oldest first. */
    public synchronized List<Sample> samples() {
        return new ArrayList<>(samples);
    }

    /** Returns the events a minute before the newest sample; empty while there is one sample. */
    public synchronized OptionalDouble perMinute() {
        if (samples.size() < 2) {
            return OptionalDouble.empty();
        }
        Sample newest = samples.getLast();
        Sample oldest = newest;
        for (Iterator<Sample> back = samples.descendingIterator(); back.hasNext(); ) {
            Sample before = back.next();
            if (!oldest.equals(newest) && before.at().isBefore(newest.at().minus(OVER))) {
                break;
            }
            oldest = before;
        }
        double minutes = Duration.between(oldest.at(), newest.at()).toMillis() / 60_000.0;
        return OptionalDouble.of((newest.events() - oldest.events()) / minutes);
    }
}
