package dev.freshet.bench.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.demo.Latencies;
import java.time.Duration;

/**
 * Measurements at one rate.
 *
 * @param rate requested requests per second
 * @param offered number of requests that were due
 * @param sent number of those that were sent; the generator was at its limit for the others
 * @param served number of successful answers, degraded ones included
 * @param degraded number of degraded answers
 * @param shed number of requests refused with 429
 * @param failed number of other answers, and of requests without an answer
 * @param duration duration over which requests were due
 * @param took time from the start to the last answer
 * @param times latencies of served requests, from when the request was due to its answer
 */
record LoadStep(
        double rate,
        long offered,
        long sent,
        long served,
        long degraded,
        long shed,
        long failed,
        Duration duration,
        Duration took,
        Latencies times) {

    /** Returns the served requests per second. */
    double perSecond() {
        return served * 1e9 / took.toNanos();
    }

    /**
     * Returns the requests per second that were due, which differ randomly from the requested rate.
     */
    double offeredPerSecond() {
        return offered * 1e9 / duration.toNanos();
    }

    /** Returns the share of the offered requests that were refused or failed. */
    double refused() {
        return offered == 0 ? 0 : (double) (shed + failed) / offered;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("rate", rate)
                .put("offered", offered)
                .put("sent", sent)
                .put("served", served)
                .put("degraded", degraded)
                .put("shed", shed)
                .put("failed", failed)
                .put("perSecond", Measurement.tenths(perSecond()));
        json.putObject("ms")
                .put("p50", Measurement.tenths(times.millis(50)))
                .put("p90", Measurement.tenths(times.millis(90)))
                .put("p99", Measurement.tenths(times.millis(99)))
                .put("p999", Measurement.tenths(times.millis(99.9)))
                .put("max", Measurement.tenths(times.millis(100)));
        return json;
    }
}
