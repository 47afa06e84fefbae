package dev.freshet.insight;

import dev.freshet.insight.Flow.Count;
import dev.freshet.insight.Overview.HealthCheck;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The questions about the health of a stack that are answered by measurements of its flows. */
final class FlowChecks {
    /**
     * The lag of a consumer that is reported. A consumer that keeps up is behind by less than a
     * second, and a function that starts by some seconds.
     */
    static final Duration BEHIND = Duration.ofSeconds(15);

    /** The time whose answers and requests are judged. */
    static final Duration JUDGED = Duration.ofMinutes(5);

    /** The fewest answers, requests or events of which a share is judged. */
    static final int FEWEST = 20;

    /** The share of degraded answers that is reported, as the alarm AnswersDegraded has it. */
    static final double DEGRADED_SHARE = 0.05;

    /** The share of refused events that is reported. */
    static final double REFUSED_SHARE = 0.2;

    /** The share of throttled or failed requests that is reported. */
    static final double FAILED_SHARE = 0.01;

    /**
     * The share of lists of nobody that is reported. Where all visitors are new and soon gone, half
     * of the lists are seen before a visitor counts.
     */
    static final double NOBODY_SHARE = 0.9;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private FlowChecks() {}

    /** Returns all of them, a cause before what it brings about. */
    static List<HealthCheck> of(Flow flow) {
        return List.of(
                consumers(flow), quarantine(flow), requests(flow), revenue(flow), degraded(flow));
    }

    /**
     * Returns whether the consumers of the streams keep up. That of events is named first, because
     * the trainer gets nothing while it stands still.
     */
    static HealthCheck consumers(Flow flow) {
        for (String name : List.of("features", "train")) {
            for (Flow.Consumer consumer : flow.consumers()) {
                if (consumer.name().equals(name) && consumer.lag().compareTo(BEHIND) > 0) {
                    return HealthCheck.wrong(
                            "consumers",
                            String.format(
                                    Locale.ROOT,
                                    "The consumer %s has not processed what arrived since %s: %s.",
                                    name,
                                    TIME.format(flow.asOf().minus(consumer.lag())),
                                    name.equals("features")
                                            ? "later events change no list (docs/operate.md, alarm"
                                                    + " FeaturesBehind)"
                                            : "the model is stale, it learns nothing of later events"
                                                    + " (docs/operate.md, alarm TrainBehind)"));
                }
            }
        }
        return HealthCheck.well(
                "consumers",
                flow.consumers().isEmpty()
                        ? "How far the consumers are is not measured."
                        : "The consumers keep up with what arrives.");
    }

    /** Returns the names of the checks that the counts of some time fail by themselves. */
    static List<String> failed(Flow.Minute counts) {
        return Stream.of(quarantine(counts), requests(counts), degraded(counts))
                .filter(check -> !check.ok())
                .map(HealthCheck::check)
                .toList();
    }

    private static Flow.Minute judged(Flow flow) {
        return flow.since(flow.asOf().minus(JUDGED));
    }

    /** Returns whether records go into quarantine. */
    static HealthCheck quarantine(Flow flow) {
        return quarantine(flow.total());
    }

    private static HealthCheck quarantine(Flow.Minute counts) {
        long quarantined = counts.get(Count.QUARANTINED);
        return quarantined > 0
                ? HealthCheck.wrong(
                        "quarantine",
                        String.format(
                                Locale.ROOT,
                                "Quarantine is filling: %,d %s of the last hour could not be processed;"
                                        + " ./freshet quarantine list says why (docs/operate.md).",
                                quarantined,
                                quarantined == 1 ? "record" : "records"))
                : HealthCheck.well("quarantine", "Every record could be processed.");
    }

    /** Returns whether events and requests are taken. */
    static HealthCheck requests(Flow flow) {
        return requests(judged(flow));
    }

    private static HealthCheck requests(Flow.Minute judged) {
        long events = judged.get(Count.ACCEPTED) + judged.get(Count.REFUSED);
        if (isMany(judged.get(Count.THROTTLED), judged.get(Count.REQUESTS), FAILED_SHARE)) {
            return HealthCheck.wrong(
                    "requests",
                    String.format(
                            Locale.ROOT,
                            "%s of the requests of the last minutes were refused for overload: more arrives"
                                    + " than the stack takes (docs/operate.md, alarm CollectSheds).",
                            part(judged.get(Count.THROTTLED), judged.get(Count.REQUESTS))));
        }
        if (isMany(judged.get(Count.SERVER_ERRORS), judged.get(Count.REQUESTS), FAILED_SHARE)) {
            return HealthCheck.wrong(
                    "requests",
                    String.format(
                            Locale.ROOT,
                            "%s of the requests of the last minutes failed: the access log names the route"
                                    + " (docs/operate.md, alarm ApiFailing).",
                            part(judged.get(Count.SERVER_ERRORS), judged.get(Count.REQUESTS))));
        }
        return isMany(judged.get(Count.REFUSED), events, REFUSED_SHARE)
                ? HealthCheck.wrong(
                        "requests",
                        String.format(
                                Locale.ROOT,
                                "%s of the events of the last minutes were refused: each answer says why"
                                        + " (docs/events.md).",
                                part(judged.get(Count.REFUSED), events)))
                : HealthCheck.well("requests", "Events and requests are taken.");
    }

    /** Returns whether what was paid counts as revenue. */
    static HealthCheck revenue(Flow flow) {
        return flow.total().get(Count.AMOUNTS_LEFT_OUT) > 0
                ? HealthCheck.wrong(
                        "revenue",
                        "Amounts of money of the last hour do not count, because a publishable key told"
                                + " them: send purchases from the server, and not from the page"
                                + " (docs/events.md).")
                : HealthCheck.well("revenue", "No amount of money was left out.");
    }

    /**
     * Returns whether lists count for those who see them.
     *
     * @param counted lists that counted since the hour before began
     */
    static HealthCheck lists(Flow flow, long counted) {
        long ofNobody = flow.total().get(Count.LISTS_OF_NOBODY);
        return isMany(ofNobody, ofNobody + counted, NOBODY_SHARE)
                ? HealthCheck.wrong(
                        "lists",
                        "Most lists count for nobody: pages ask for them without the id of whoever"
                                + " sees them (docs/events.md).")
                : HealthCheck.well("lists", "Lists count for those who see them.");
    }

    private static boolean isMany(long of, long all, double share) {
        return all >= FEWEST && of > share * all;
    }

    /** Returns a share in whole percent, so that a sentence with it seldom changes. */
    private static String part(long of, long all) {
        return Math.max(1, Math.round(100.0 * of / all)) + " %";
    }

    /** Returns whether lists are computed from all that they should be. */
    static HealthCheck degraded(Flow flow) {
        return degraded(judged(flow));
    }

    private static HealthCheck degraded(Flow.Minute judged) {
        return isMany(judged.get(Count.DEGRADED), judged.get(Count.RECOMMENDATIONS), DEGRADED_SHARE)
                ? HealthCheck.wrong(
                        "degraded",
                        String.format(
                                Locale.ROOT,
                                "%s of the lists of the last minutes left something out: degradedReasons"
                                        + " names the store (docs/operate.md, alarm AnswersDegraded).",
                                part(
                                        judged.get(Count.DEGRADED),
                                        judged.get(Count.RECOMMENDATIONS))))
                : HealthCheck.well("degraded", "Lists are computed from all that is known.");
    }
}
