package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** The load of the replay as {@code freshet cost --profile} reads it, and a hundred times it. */
final class Workloads {
    /** The name of the bill of the replayed traffic. */
    static final String REPLAYED = "as replayed";

    /** The name of the bill of a hundred times it. */
    static final String HUNDREDFOLD = "a hundred times it";

    private static final double TIMES = 100;

    private Workloads() {}

    static ObjectNode of(DeskdropLog log, JsonNode replay) {
        double seconds = Math.max(1, Duration.between(log.begin(), log.end()).toMillis() / 1e3);
        double lists = replay.path("lists").asDouble();
        double events = replay.path("events").asDouble() + lists;
        double clicks = replay.path("hits").asDouble();
        ObjectNode profiles = JsonNodeFactory.instance.objectNode();
        load(profiles.putObject(REPLAYED), events, lists, clicks, seconds);
        load(
                profiles.putObject(HUNDREDFOLD),
                TIMES * events,
                TIMES * lists,
                TIMES * clicks,
                seconds);
        return profiles;
    }

    private static void load(
            ObjectNode profile, double events, double lists, double clicks, double seconds) {
        profile.put("eventsPerSecond", events / seconds)
                .put("recommendationsPerSecond", lists / seconds)
                .put("eventsPerRequest", 1)
                .put("impressionShare", lists / events)
                .put("outcomeShare", clicks / events);
    }
}
