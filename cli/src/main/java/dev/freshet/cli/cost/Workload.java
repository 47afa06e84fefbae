package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The load of a stack, steady over a month.
 *
 * @param eventsPerSecond events that are accepted
 * @param recommendationsPerSecond responses of {@code POST /v1/recommendations}
 * @param eventsPerRequest events of one request, 1 to 500
 * @param impressionShare the share of the events that are impressions, 0 to 1
 * @param outcomeShare the share of the events that are clicks and other outcomes with the token of
 *     a list, each of which marks the list's row; 0 to 1 − impressionShare
 */
public record Workload(
        double eventsPerSecond,
        double recommendationsPerSecond,
        double eventsPerRequest,
        double impressionShare,
        double outcomeShare) {
    /** Seconds in AWS's month of 730 hours. */
    public static final double MONTH_SECONDS = 730 * 3600.0;

    /** The most events or recommendations a second that a bill is computed for. */
    public static final double MAX_PER_SECOND = 1e6;

    /** Name of a workload that has no other. */
    static final String GIVEN = "the given load";

    private static final double USUAL_EVENTS_PER_REQUEST = 5;
    private static final double USUAL_IMPRESSION_SHARE = 0.2;
    private static final double USUAL_OUTCOME_SHARE = 0.05;

    public Workload {
        requireBetween("eventsPerSecond", eventsPerSecond, 0, MAX_PER_SECOND);
        requireBetween("recommendationsPerSecond", recommendationsPerSecond, 0, MAX_PER_SECOND);
        requireBetween("eventsPerRequest", eventsPerRequest, 1, 500);
        requireBetween("impressionShare", impressionShare, 0, 1);
        requireBetween("outcomeShare", outcomeShare, 0, 1 - impressionShare);
    }

    /**
     * Returns a workload of five events a request, of which one in five is an impression, and a
     * click for one list in four.
     */
    public static Workload of(double eventsPerSecond, double recommendationsPerSecond) {
        return new Workload(
                eventsPerSecond,
                recommendationsPerSecond,
                USUAL_EVENTS_PER_REQUEST,
                USUAL_IMPRESSION_SHARE,
                USUAL_OUTCOME_SHARE);
    }

    /**
     * Reads a workload from a JSON object with the names of the components; what is missing has its
     * usual value.
     *
     * @throws IllegalArgumentException with a sentence, if a value is not allowed
     */
    public static Workload read(JsonNode json) {
        return new Workload(
                json.path("eventsPerSecond").asDouble(0),
                json.path("recommendationsPerSecond").asDouble(0),
                json.path("eventsPerRequest").asDouble(USUAL_EVENTS_PER_REQUEST),
                json.path("impressionShare").asDouble(USUAL_IMPRESSION_SHARE),
                json.path("outcomeShare").asDouble(USUAL_OUTCOME_SHARE));
    }

    /**
     * Reads the workloads of a profile file by name: one, or several where the members of the
     * object are objects.
     *
     * @throws IllegalArgumentException with a sentence, if a value is not allowed
     */
    static Map<String, Workload> profiles(JsonNode file) {
        if (!file.isObject() || file.isEmpty()) {
            throw new IllegalArgumentException("The profile must be a JSON object.");
        }
        Map<String, Workload> profiles = new LinkedHashMap<>();
        if (file.properties().stream().allMatch(each -> each.getValue().isObject())) {
            file.forEachEntry((name, load) -> profiles.put(name, read(load)));
        } else {
            profiles.put(GIVEN, read(file));
        }
        return profiles;
    }

    Workload withoutRecommendations() {
        return new Workload(eventsPerSecond, 0, eventsPerRequest, impressionShare, outcomeShare);
    }

    double events() {
        return eventsPerSecond * MONTH_SECONDS;
    }

    double eventRequestsPerSecond() {
        return eventsPerSecond / eventsPerRequest;
    }

    double recommendations() {
        return recommendationsPerSecond * MONTH_SECONDS;
    }

    private static void requireBetween(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s must be between %s and %s, not %s.".formatted(name, least, most, value));
        }
    }
}
