package dev.freshet.bench.load;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.demo.Latencies;
import java.time.Duration;

/**
 * Measurements at one rate, in JSON with the served requests per second and percentiles.
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
        @JsonIgnore Duration duration,
        @JsonIgnore Duration took,
        @JsonIgnore Latencies times) {

    /** Latencies in milliseconds with one decimal. */
    record Percentiles(double p50, double p90, double p99, double p999, double max) {}

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

    @JsonProperty("perSecond")
    double roundedPerSecond() {
        return Measurement.tenths(perSecond());
    }

    @JsonProperty
    Percentiles ms() {
        return new Percentiles(at(50), at(90), at(99), at(99.9), at(100));
    }

    private double at(double percentile) {
        return Measurement.tenths(times.millis(percentile));
    }
}
