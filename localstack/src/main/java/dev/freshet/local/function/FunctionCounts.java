package dev.freshet.local.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts and durations of a function's invocations since the start. Thread-safe. */
final class FunctionCounts {

    /** Maximum duration of a Lambda invocation, 15 minutes, in microseconds. */
    private static final long LONGEST_MICROS = 900_000_000L;

    private final LongAdder invocations = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder throttles = new LongAdder();
    private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 2);
    private volatile @Nullable String lastError;

    void count(Invocation invocation, long tookNanos) {
        switch (invocation) {
            case Invocation.Throttled() -> throttles.increment();
            case Invocation.Answer(var ignored) -> ran(tookNanos);
            case Invocation.Failed failed -> failed(failed.line(), tookNanos);
            case Invocation.TimedOut(var ms) -> failed("timed out after " + ms + " ms", tookNanos);
        }
    }

    private void failed(String line, long tookNanos) {
        ran(tookNanos);
        errors.increment();
        lastError = line;
    }

    private void ran(long tookNanos) {
        invocations.increment();
        micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, tookNanos / 1_000)));
    }

    long errors() {
        return errors.sum();
    }

    ObjectNode toJson(int sandboxes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("invocations", invocations.sum())
                .put("errors", errors.sum())
                .put("throttles", throttles.sum())
                .put("sandboxes", sandboxes)
                .put("lastError", lastError);
        json.putObject("durationMs")
                .put("p50", micros.getValueAtPercentile(50) / 1_000.0)
                .put("p99", micros.getValueAtPercentile(99) / 1_000.0)
                .put("max", micros.getMaxValue() / 1_000.0);
        return json;
    }
}
