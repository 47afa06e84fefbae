package dev.freshet.bench.load;

import dev.freshet.demo.Latencies;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Outcomes of the requests of a run, and the latencies of those that were served. Thread-safe. */
public final class Tally {
    private final Latencies times = new Latencies();
    private final Map<Reply, LongAdder> ended = new EnumMap<>(Reply.class);

    Tally() {
        for (Reply reply : Reply.values()) {
            ended.put(reply, new LongAdder());
        }
    }

    /** Outcome of one request. */
    public enum Reply {
        /** Successful. */
        SERVED,
        /** Successful, but degraded for lack of time. */
        DEGRADED,
        /** Refused with 429 without any effect. */
        SHED,
        /** Any other answer, or none. */
        FAILED
    }

    void add(Reply reply, Duration took) {
        if (reply == Reply.SERVED || reply == Reply.DEGRADED) {
            times.add(took);
        }
        counter(reply).increment();
    }

    /** Returns the number of requests with one outcome. */
    public long count(Reply reply) {
        return counter(reply).sum();
    }

    public Latencies times() {
        return times;
    }

    private LongAdder counter(Reply reply) {
        return Objects.requireNonNull(ended.get(reply));
    }
}
