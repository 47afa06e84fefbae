package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.insight.Flow;
import java.util.Iterator;

/** JSON encoding of what is measured of the flows. What is not measured is left out. */
final class FlowJson {
    private FlowJson() {}

    static ObjectNode of(Flow flow) {
        Flow.Minute total = flow.total();
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("source", flow.source().wireName())
                        .put("asOf", flow.asOf().toString())
                        .put("minutes", Flow.MINUTES);
        ArrayNode accepted = json.putArray("acceptedPerMinute");
        ArrayNode lists = json.putArray("recommendationsPerMinute");
        for (Flow.Minute minute : flow.complete()) {
            accepted.addObject().put("at", minute.at().toString()).put("events", minute.accepted());
            lists.addObject()
                    .put("at", minute.at().toString())
                    .put("count", minute.recommendations());
        }
        if (flow.freshness() != null) {
            freshness(json.putObject("freshness"), flow.freshness());
        }
        ArrayNode consumers = json.putArray("consumers");
        flow.consumers()
                .forEach(
                        one ->
                                consumers
                                        .addObject()
                                        .put("name", one.name())
                                        .put("lagMs", one.lag().toMillis()));
        ObjectNode recommendations =
                json.putObject("recommendations")
                        .put("count", total.recommendations())
                        .put("degraded", total.degraded());
        if (flow.recommendTimes() != null) {
            percentiles(recommendations, flow.recommendTimes());
        }
        if (flow.requestsKnown()) {
            json.putObject("requests")
                    .put("total", total.requests())
                    .put("clientErrors", total.clientErrors())
                    .put("serverErrors", total.serverErrors())
                    .put("throttled", total.throttled());
        }
        return json.put("refused", total.refused())
                .put("quarantined", total.quarantined())
                .put("duplicates", total.duplicates());
    }

    private static void freshness(ObjectNode json, Flow.Freshness freshness) {
        json.put("count", freshness.count());
        percentiles(json, freshness.percentiles());
        ArrayNode histogram = json.putArray("histogram");
        Iterator<Integer> bounds = Flow.BOUNDS_MS.iterator();
        for (long count : freshness.counts()) {
            ObjectNode bar = histogram.addObject();
            if (bounds.hasNext()) {
                bar.put("upToMs", bounds.next());
            } else {
                bar.putNull("upToMs");
            }
            bar.put("count", count);
        }
    }

    private static void percentiles(ObjectNode json, Flow.Percentiles of) {
        json.put("p50Ms", of.p50Ms()).put("p99Ms", of.p99Ms());
    }
}
