package dev.freshet.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Limits how much one process puts into the {@code events} stream, so that most excess requests are
 * refused before anything of them is put and the stream itself has little to throttle.
 *
 * <p>A process knows neither the stream's capacity nor the traffic of other processes; it learns
 * its share from what the stream refuses. There is no limit until a put is refused or slow. Then
 * the rate is set to {@value #DECREASE} of the rate that the stream accepted just before, and rises
 * each second by {@value #INCREASE} of that accepted rate, but at least by {@value #MIN_INCREASE}
 * units. The limit is removed once it exceeds twice the accepted rate and nothing was refused for
 * {@value #RESET_AFTER} seconds: by then the stream has been scaled or has recovered, or the other
 * producers have stopped.
 *
 * <p>Rates are in units of one thousandth of a shard's capacity per second: an event counts as one
 * unit, or as its size in KiB where that is more, since a shard takes 1,000 records and 1 MB each
 * second. A token bucket holds what {@value #BURST} seconds left unused; a request is admitted
 * while the bucket is not empty, whatever the size of the request. Safe for use by several threads.
 */
public final class AdmissionControl {
    /** Most concurrent requests in one process; further ones are refused. */
    public static final int MAX_CONCURRENT = 64;

    /** Lowest rate, in units per second: enough to notice that the stream accepts more again. */
    public static final double FLOOR = 1;

    /** Longest time that a refused client is asked to wait. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(30);

    /** Factor of the accepted rate that is applied after a refusal. */
    static final double DECREASE = 0.8;

    /** Share of the accepted rate that is added each second. */
    static final double INCREASE = 0.02;

    /** Smallest addition to the rate each second, in units per second. */
    static final double MIN_INCREASE = 1;

    /** Seconds without a refusal before the limit may be removed. */
    static final double RESET_AFTER = 5;

    /** Capacity of the token bucket, in seconds of the rate. */
    static final double BURST = 0.25;

    /**
     * A put that takes at least this long counts as refused: the stream, or the network path to it,
     * is saturated.
     */
    static final Duration SLOW = Duration.ofSeconds(1);

    /** Seconds within which several refusals count as one signal. */
    private static final double SIGNAL_INTERVAL = 1;

    /** Shortest time, in seconds, over which a rate is measured. */
    private static final double MIN_WINDOW = 0.25;

    private final RandomGenerator random;
    private @Nullable Instant at;
    private double rate = Double.POSITIVE_INFINITY;
    private double learned;
    private double tokens;
    private double sinceSignal = SIGNAL_INTERVAL;
    private double window;
    private double acceptedInWindow;
    private double rateBefore;
    private int inFlight;

    /**
     * Creates a control that admits everything until it learns a limit.
     *
     * @param random jitters how long refused clients are asked to wait
     */
    public AdmissionControl(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Begins a request, unless it exceeds the limit.
     *
     * @return empty if the request is admitted, and {@link #end} has to be called; else how long
     *     the client should wait: whole seconds, from 1 to {@link #MAX_WAIT}
     */
    public synchronized Optional<Duration> begin(Instant now) {
        advance(now);
        if (inFlight < MAX_CONCURRENT && (rate == Double.POSITIVE_INFINITY || tokens > 0)) {
            inFlight++;
            return Optional.empty();
        }
        double refillSeconds = tokens < 0 ? -tokens / rate : 0;
        double jittered = 1 + refillSeconds + random.nextDouble() * (2 + refillSeconds);
        return Optional.of(Duration.ofSeconds(Math.min((long) jittered, MAX_WAIT.toSeconds())));
    }

    /** Ends a request that was admitted. */
    public synchronized void end() {
        inFlight--;
    }

    /** Returns the rate that is admitted, in units per second; infinite while there is no limit. */
    public synchronized double rate() {
        return rate;
    }

    /**
     * Learns from the result of one put.
     *
     * @param accepted units that the stream acknowledged
     * @param refused units that it did not acknowledge
     */
    synchronized void learn(double accepted, double refused, Duration took, Instant now) {
        advance(now);
        tokens -= accepted + refused;
        acceptedInWindow += accepted;
        boolean overloaded = refused > 0 || took.compareTo(SLOW) >= 0;
        if (overloaded && sinceSignal >= SIGNAL_INTERVAL) {
            double measured = Math.max(rateBefore, acceptedInWindow / Math.max(window, MIN_WINDOW));
            learned = Math.max(FLOOR, Math.min(rate, measured));
            rate = Math.max(FLOOR, learned * DECREASE);
            tokens = Math.min(tokens, 0);
            sinceSignal = 0;
        }
    }

    /** Returns the units of an event of so many bytes. */
    static double units(int bytes) {
        return Math.max(1, bytes / 1024.0);
    }

    private void advance(Instant now) {
        Instant before = at == null ? now : at;
        double elapsed = Math.clamp(Duration.between(before, now).toNanos() / 1e9, 0, 3600);
        at = elapsed > 0 ? now : before;
        sinceSignal += elapsed;
        window += elapsed;
        if (window >= 1) {
            rateBefore = acceptedInWindow / window;
            acceptedInWindow = 0;
            window = 0;
        }
        if (rate == Double.POSITIVE_INFINITY) {
            tokens = 0;
            return;
        }
        tokens = Math.min(Math.max(1, rate * BURST), tokens + rate * elapsed);
        rate += Math.max(MIN_INCREASE, learned * INCREASE) * elapsed;
        if (rate > 2 * learned && sinceSignal >= RESET_AFTER) {
            rate = Double.POSITIVE_INFINITY;
        }
    }

    /** An {@link EventLog} that reports the result of each put to {@link AdmissionControl}. */
    public record AdmittedEventLog(EventLog log, AdmissionControl admission, InstantSource clock)
            implements EventLog {
        @Override
        public List<Integer> put(List<Entry> entries) {
            Instant before = clock.instant();
            List<Integer> unacknowledged = log.put(entries);
            Instant after = clock.instant();
            double total = entries.stream().mapToDouble(AdmittedEventLog::units).sum();
            double refused =
                    unacknowledged.stream()
                            .map(entries::get)
                            .mapToDouble(AdmittedEventLog::units)
                            .sum();
            admission.learn(total - refused, refused, Duration.between(before, after), after);
            return unacknowledged;
        }

        private static double units(Entry entry) {
            return AdmissionControl.units(entry.bytes().length);
        }
    }
}
