package dev.freshet.bench.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.demo.Latencies;
import java.time.Duration;

/**
 * What came of one rate.
 *
 * @param rate wanted requests a second
 * @param offered requests that were due
 * @param sent of these; the rest found no place in the generator until the end
 * @param served answered with success, degraded ones included
 * @param shed turned away with 429
 * @param failed answered otherwise, or not at all
 * @param lasting how long requests were due
 * @param took from the start to the last answer
 * @param times from when a request was due to its answer, of those served
 */
record LoadStep(
        double rate,
        long offered,
        long sent,
        long served,
        long degraded,
        long shed,
        long failed,
        Duration lasting,
        Duration took,
        Latencies times) {

    /** Served requests a second. */
    double perSecond() {
        return served * 1e9 / took.toNanos();
    }

    /** Requests a second that were due; chance moves it a little off the rate. */
    double offeredPerSecond() {
        return offered * 1e9 / lasting.toNanos();
    }

    /** Share of the offered that were turned away or failed. */
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
                .put("perSecond", tenths(perSecond()));
        json.putObject("ms")
                .put("p50", tenths(times.millis(50)))
                .put("p90", tenths(times.millis(90)))
                .put("p99", tenths(times.millis(99)))
                .put("p999", tenths(times.millis(99.9)))
                .put("max", tenths(times.millis(100)));
        return json;
    }

    /** To one decimal, as figures are told. */
    static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
