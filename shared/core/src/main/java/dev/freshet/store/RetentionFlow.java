package dev.freshet.store;

import java.time.Duration;
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
}
