package dev.freshet.functions.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.insight.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON encoding of measured flows, between the local cloud and the function that answers. */
public final class FlowDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FlowDocument() {}

    /** Encodes the figures. */
    public static ObjectNode write(Flow flow) {
        ObjectNode json = JSON.objectNode().put("asOf", flow.asOf().toEpochMilli());
        ArrayNode minutes = json.putArray("minutes");
        for (Flow.Minute minute : flow.minutes()) {
            minutes.addArray()
                    .add(minute.at().getEpochSecond())
                    .add(minute.accepted())
                    .add(minute.refused())
                    .add(minute.quarantined())
                    .add(minute.duplicates())
                    .add(minute.recommendations())
                    .add(minute.degraded())
                    .add(minute.requests())
                    .add(minute.clientErrors())
                    .add(minute.serverErrors())
                    .add(minute.throttled())
                    .add(minute.withoutPersonalisation())
                    .add(minute.withoutAnalytics());
        }
        if (flow.freshness() != null) {
            ObjectNode freshness = json.putObject("freshness");
            percentiles(freshness, flow.freshness().percentiles());
            flow.freshness().counts().forEach(freshness.putArray("counts")::add);
        }
        ObjectNode consumers = json.putObject("consumers");
        flow.consumers().forEach(one -> consumers.put(one.name(), one.lag().toMillis()));
        if (flow.recommendTimes() != null) {
            percentiles(json.putObject("recommend"), flow.recommendTimes());
        }
        if (flow.refusals() != null) {
            new TreeMap<>(flow.refusals()).forEach(json.putObject("refusals")::put);
        }
        Flow.ClockSkew skew = flow.clockSkew();
        if (skew != null) {
            json.putObject("clockSkew")
                    .put("count", skew.count())
                    .put("p50", skew.p50Seconds())
                    .put("p99", skew.p99Seconds());
        }
        return json;
    }

    private static void percentiles(ObjectNode into, Flow.Percentiles of) {
        into.put("p50", of.p50Ms()).put("p99", of.p99Ms());
    }

    /** Decodes what {@link #write} encoded. */
    static Flow read(JsonNode json) {
        List<Flow.Minute> minutes = new ArrayList<>();
        for (JsonNode of : json.path("minutes")) {
            minutes.add(
                    new Flow.Minute(
                            Instant.ofEpochSecond(of.path(0).asLong()),
                            of.path(1).asLong(),
                            of.path(2).asLong(),
                            of.path(3).asLong(),
                            of.path(4).asLong(),
                            of.path(5).asLong(),
                            of.path(6).asLong(),
                            of.path(7).asLong(),
                            of.path(8).asLong(),
                            of.path(9).asLong(),
                            of.path(10).asLong(),
                            of.path(11).asLong(),
                            of.path(12).asLong()));
        }
        List<Flow.Consumer> consumers = new ArrayList<>();
        json.path("consumers")
                .properties()
                .forEach(
                        one ->
                                consumers.add(
                                        new Flow.Consumer(
                                                one.getKey(),
                                                Duration.ofMillis(one.getValue().asLong()))));
        return new Flow(
                Flow.Source.PROCESS,
                Instant.ofEpochMilli(json.path("asOf").asLong()),
                minutes,
                freshness(json.path("freshness")),
                consumers,
                json.has("recommend") ? percentiles(json.path("recommend")) : null,
                true,
                refusals(json.path("refusals")),
                clockSkew(json.path("clockSkew")));
    }

    private static Flow.@Nullable Freshness freshness(JsonNode json) {
        if (json.isMissingNode()) {
            return null;
        }
        List<Long> counts = new ArrayList<>();
        json.path("counts").forEach(count -> counts.add(count.asLong()));
        return new Flow.Freshness(
                counts.stream().mapToLong(Long::longValue).sum(), percentiles(json), counts);
    }

    private static Flow.@Nullable ClockSkew clockSkew(JsonNode json) {
        return json.isMissingNode()
                ? null
                : new Flow.ClockSkew(
                        json.path("count").asLong(),
                        json.path("p50").asLong(),
                        json.path("p99").asLong());
    }

    private static Flow.Percentiles percentiles(JsonNode json) {
        return new Flow.Percentiles(json.path("p50").asLong(), json.path("p99").asLong());
    }

    private static @Nullable Map<String, Long> refusals(JsonNode json) {
        if (json.isMissingNode()) {
            return null;
        }
        Map<String, Long> refusals = new TreeMap<>();
        json.properties().forEach(one -> refusals.put(one.getKey(), one.getValue().asLong()));
        return refusals;
    }
}
