package dev.freshet.ranking;

import dev.freshet.json.WireName;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The times of the stages of one request, each measured from the end of the stage before it. Costs
 * one reading of the time a stage; used by one thread.
 */
public final class StageTimes {
    /** The stages of the read flow whose times are measured, in their order. */
    public enum ReadStage implements WireName {
        /** The wait for the stores, and the look-up of the model. */
        HYDRATE,
        /** The context of the request, its candidates and their filters. */
        GATHER,
        /** The scores of all candidates and their order. */
        BLEND,
        /** The choice of the items shown: diversity and exploration. */
        DRAW,
        /** The reasons of the items shown. */
        EXPLAIN
    }

    private final LongSupplier nanos;
    private final Map<ReadStage, Duration> times = new EnumMap<>(ReadStage.class);
    private long last;

    /**
     * Starts the first stage.
     *
     * @param nanos a monotonic time in nanoseconds, as {@link System#nanoTime} counts
     */
    public StageTimes(LongSupplier nanos) {
        this.nanos = nanos;
        last = nanos.getAsLong();
    }

    /** Returns an instance for a list whose times nobody asks for: every stage takes 0. */
    public static StageTimes unmeasured() {
        return new StageTimes(() -> 0);
    }

    /** Ends a stage and starts the next. */
    public void end(ReadStage stage) {
        long now = nanos.getAsLong();
        times.put(stage, Duration.ofNanos(now - last));
        last = now;
    }

    /** Returns the times of the stages that have ended. */
    public Map<ReadStage, Duration> times() {
        return Collections.unmodifiableMap(times);
    }
}
