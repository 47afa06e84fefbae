package dev.freshet.bench.setup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Instant;
import java.util.Locale;

/**
 * Conditions of a measurement: when it was taken, and the load of the machine.
 *
 * @param at time of the measurement
 * @param processors number of processors
 * @param load mean number of processes that ran or waited to run over the last minute, those of the
 *     benchmark included; negative if the system does not report it
 * @param java version of the Java runtime
 */
public record Surroundings(Instant at, int processors, double load, String java) {

    /** Returns the present conditions. */
    public static Surroundings now(Instant at) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return new Surroundings(
                at,
                system.getAvailableProcessors(),
                system.getSystemLoadAverage(),
                Runtime.version().toString());
    }

    /** Adds the conditions as {@code machine}. */
    public void writeTo(ObjectNode json) {
        json.putObject("machine")
                .put("at", at.toString())
                .put("processors", processors)
                .put("load", Math.round(load * 100) / 100.0)
                .put("java", java);
    }

    /** Returns the conditions as one line for people. */
    public String toText() {
        return String.format(
                Locale.ROOT,
                "Machine: %d processors, load %.1f over the last minute; Java %s",
                processors,
                load,
                java);
    }
}
