package dev.freshet.bench.setup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Instant;
import java.util.Locale;

/**
 * What a figure has to be read with: when and on how busy a machine it was taken.
 *
 * @param load processes that ran or waited to run over the last minute, the bench's own included;
 *     negative where the system does not say
 */
public record Surroundings(Instant at, int processors, double load, String java) {

    /** As it is now. */
    public static Surroundings now(Instant at) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return new Surroundings(
                at,
                system.getAvailableProcessors(),
                system.getSystemLoadAverage(),
                Runtime.version().toString());
    }

    /** Adds it as {@code machine}. */
    public void writeTo(ObjectNode json) {
        json.putObject("machine")
                .put("at", at.toString())
                .put("processors", processors)
                .put("load", Math.round(load * 100) / 100.0)
                .put("java", java);
    }

    /** One line for people. */
    public String toText() {
        return String.format(
                Locale.ROOT,
                "Machine: %d processors, load %.1f over the last minute; Java %s",
                processors,
                load,
                java);
    }
}
