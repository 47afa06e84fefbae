package dev.freshet.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/** Looks after the retention of the streams, as {@link AdaptiveRetention} decides. */
public final class RetentionFlow {
    private final List<RetainedStream> streams;
    private final InstantSource clock;

    /** Creates the flow over all streams of a stack, at least one. */
    public RetentionFlow(List<RetainedStream> streams, InstantSource clock) {
        this.streams = List.copyOf(streams);
        this.clock = clock;
    }

    /** Decides by the last day, and returns how long the streams keep their records now. */
    public Duration look() {
        Duration current =
                streams.stream()
                        .map(RetainedStream::retention)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        return retain(
                AdaptiveRetention.next(
                        current,
                        streams.stream().map(stream -> stream.report(clock.instant())).toList()));
    }

    /** Makes the streams keep their records for long, because an alarm says that records wait. */
    public Duration lengthen() {
        return retain(AdaptiveRetention.LONG);
    }

    private Duration retain(Duration period) {
        for (RetainedStream stream : streams) {
            if (!stream.retention().equals(period)) {
                stream.retain(period);
            }
        }
        return period;
    }

    /**
     * The port to a stream whose period of retention can be changed. Every method may throw {@link
     * StoreUnavailableException}.
     */
    public interface RetainedStream {
        /** Returns how long the stream keeps its records at present. */
        Duration retention();

        /** Returns what is known of the last day before {@code now}. */
        AdaptiveRetention.Report report(Instant now);

        /**
         * Makes the stream keep its records for this long; a shorter period expires records at
         * once.
         */
        void retain(Duration period);
    }
}
