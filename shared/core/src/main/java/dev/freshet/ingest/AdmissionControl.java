package dev.freshet.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How much one process lets into the {@code events} stream, so that most of what is too much is
 * turned away before anything of it is put, and the stream has little to refuse.
 *
 * <p>No process knows the stream's size or the others' traffic; each learns its share from what the
 * stream refuses. Nothing is held back until a put is refused or slow. Then the rate becomes
 * {@value #DECREASE} of what the stream had just taken, rises by {@value #INCREASE} of that a
 * second, but at least by {@value #LEAST_INCREASE}, and is forgotten once it is twice that and
 * nothing was refused for {@value #FORGOTTEN} seconds: by then the stream has grown or come back,
 * or the others have gone.
 *
 * <p>Counted in units of a thousandth of what a shard takes in a second: an event is one, or its
 * KiB if it has more, since a shard takes 1,000 records and 1 MB. A bucket holds what {@value
 * #BURST} seconds left unused; a request is let in while it is not empty, whatever its own size.
 * Safe for use by several threads.
 */
public final class AdmissionControl {
    /** Most requests at once in one process; more are turned away. */
    public static final int MAX_AT_ONCE = 64;

    /** Least units a second: enough to notice that the stream takes more again. */
    public static final double FLOOR = 1;

    /** Longest that anybody is told to stay away. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** Share of the rate taken that is left after a refusal. */
    static final double DECREASE = 0.8;

    /** Share of the rate taken that is added each second. */
    static final double INCREASE = 0.02;

    /** Least units a second that are added each second. */
    static final double LEAST_INCREASE = 1;

    /** Seconds without a refusal, before a rate may be forgotten. */
    static final double FORGOTTEN = 5;

    /** Seconds of the rate that may be saved up. */
    static final double BURST = 0.25;

    /** A put that takes as long counts as refused: the stream, or the way to it, is full. */
    static final Duration SLOW = Duration.ofSeconds(1);

    /** Seconds within which refusals are one sign, not several. */
    private static final double ONE_SIGN = 1;

    /** Shortest time, in seconds, from which a rate is read. */
    private static final double LEAST_TIME = 0.25;

    private final RandomGenerator random;
    private @Nullable Instant at;
    private double rate = Double.POSITIVE_INFINITY;
    private double learned;
    private double tokens;
    private double sinceSign = ONE_SIGN;
    private double window;
    private double takenInWindow;
    private double rateBefore;
    private int underWay;

    /**
     * Lets everything in, until it learns otherwise.
     *
     * @param random jitters how long who is turned away shall stay away
     */
    public AdmissionControl(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Begins a request, unless it is too much.
     *
     * @return empty when it may go on, and {@link #end} has to be called; else for how long to stay
     *     away: whole seconds, from 1 to {@link #LONGEST_WAIT}
     */
    public synchronized Optional<Duration> begin(Instant now) {
        advance(now);
        if (underWay < MAX_AT_ONCE && (rate == Double.POSITIVE_INFINITY || tokens > 0)) {
            underWay++;
            return Optional.empty();
        }
        double empty = tokens < 0 ? -tokens / rate : 0;
        double jittered = 1 + empty + random.nextDouble() * (2 + empty);
        return Optional.of(Duration.ofSeconds(Math.min((long) jittered, LONGEST_WAIT.toSeconds())));
    }

    /** Ends a request that was begun. */
    public synchronized void end() {
        underWay--;
    }

    /** Units a second that are let in; infinite while nothing is held back. */
    public synchronized double rate() {
        return rate;
    }

    /**
     * Learns from one put.
     *
     * @param taken units that the stream acknowledged
     * @param refused units that it did not
     */
    synchronized void learn(double taken, double refused, Duration took, Instant now) {
        advance(now);
        tokens -= taken + refused;
        takenInWindow += taken;
        boolean sign = refused > 0 || took.compareTo(SLOW) >= 0;
        if (sign && sinceSign >= ONE_SIGN) {
            double seen = Math.max(rateBefore, takenInWindow / Math.max(window, LEAST_TIME));
            learned = Math.max(FLOOR, Math.min(rate, seen));
            rate = Math.max(FLOOR, learned * DECREASE);
            tokens = Math.min(tokens, 0);
            sinceSign = 0;
        }
    }

    /** What an event of so many bytes counts. */
    static double units(int bytes) {
        return Math.max(1, bytes / 1024.0);
    }

    private void advance(Instant now) {
        Instant before = at == null ? now : at;
        double passed = Math.clamp(Duration.between(before, now).toNanos() / 1e9, 0, 3600);
        at = passed > 0 ? now : before;
        sinceSign += passed;
        window += passed;
        if (window >= 1) {
            rateBefore = takenInWindow / window;
            takenInWindow = 0;
            window = 0;
        }
        if (rate == Double.POSITIVE_INFINITY) {
            tokens = 0;
            return;
        }
        tokens = Math.min(Math.max(1, rate * BURST), tokens + rate * passed);
        rate += Math.max(LEAST_INCREASE, learned * INCREASE) * passed;
        if (rate > 2 * learned && sinceSign >= FORGOTTEN) {
            rate = Double.POSITIVE_INFINITY;
        }
    }
}
