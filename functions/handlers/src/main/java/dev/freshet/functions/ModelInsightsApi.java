package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.insight.Flow;
import dev.freshet.insight.Overview;
import dev.freshet.insight.QualityInsights;
import dev.freshet.insight.QualityReport;
import dev.freshet.insight.SourceInsights;
import dev.freshet.insight.SourceReport;
import dev.freshet.insight.TrendingInsights;
import dev.freshet.insight.TrendingReport;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.signal.SourceWeight;
import dev.freshet.quarantine.QuarantineReasons;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operations that answer what the sources of candidates are worth, what most users take, and
 * how good what arrives is. What is not measured is left out.
 */
final class ModelInsightsApi {
    private static final double DIGITS = 10_000;

    private final SourceInsights sources;
    private final TrendingInsights trending;
    private final QualityInsights quality;
    private final InstantSource clock;

    ModelInsightsApi(
            SourceInsights sources,
            TrendingInsights trending,
            QualityInsights quality,
            InstantSource clock) {
        this.sources = sources;
        this.trending = trending;
        this.quality = quality;
        this.clock = clock;
    }

    Map<String, HttpHandler.OperationHandler> operations() {
        return Map.of(
                "getSourceInsights",
                request ->
                        InsightsResponse.of(
                                request, json(sources.answer(request.query(), clock.instant()))),
                "getTrendingInsights",
                request ->
                        InsightsResponse.of(
                                request, json(trending.answer(request.query())), "items"),
                "getQualityInsights",
                request -> InsightsResponse.of(request, json(quality.answer(clock.instant()))));
    }

    private static ObjectNode json(SourceReport report) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("modelVersion", report.modelVersion())
                        .put("asOf", report.asOf().toString());
        ArrayNode situations = json.putArray("situations");
        for (SourceReport.Situation situation : report.situations()) {
            ObjectNode one =
                    situations
                            .addObject()
                            .put("situation", name(situation.length()))
                            .put("sentence", sentence(situation.length()));
            ArrayNode all = one.putArray("sources");
            for (SourceWeight source : situation.sources()) {
                all.addObject()
                        .put("source", source.source().wireName())
                        .put("weight", rounded(source.weight()))
                        .put("performance", rounded(source.performance()));
            }
        }
        ArrayNode history = json.putArray("history");
        for (SourceReport.Hour hour : report.history()) {
            ObjectNode weights =
                    history.addObject()
                            .put("at", hour.at().toString())
                            .put("situation", name(hour.length()))
                            .putObject("weights");
            new TreeMap<>(hour.weights()).forEach(weights::put);
        }
        return json;
    }

    private static String name(HistoryLength length) {
        return length.name().toLowerCase(Locale.ROOT);
    }

    private static String sentence(HistoryLength length) {
        return switch (length) {
            case THIN -> "Users with at most 3 items in their history.";
            case MEDIUM -> "Users with 4 to 15 items in their history.";
            case LONG -> "Users with more than 15 items in their history.";
        };
    }

    private static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }

    private static ObjectNode json(TrendingReport report) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("scope", report.scope())
                        .put(
                                "window",
                                report.window().toDays() == 1 ? "P1D" : report.window().toString())
                        .put("from", report.from().toString());
        report.scopes().forEach(json.putArray("scopes")::add);
        ArrayNode items = json.putArray("items");
        for (Overview.ReadItem item : report.items()) {
            ObjectNode one = items.addObject().put("itemId", item.itemId());
            if (!item.title().isEmpty()) {
                one.put("title", item.title());
            }
            one.put("users", item.users()).put("usersBefore", item.usersBefore());
        }
        return json;
    }

    private static ObjectNode json(QualityReport report) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("asOf", report.asOf().toString())
                        .put(
                                "source",
                                report.flow().map(flow -> flow.source().wireName()).orElse("none"))
                        .put("clicks", report.clicks())
                        .put("clicksWithoutImpression", report.clicksWithoutImpression())
                        .put("impressions", report.impressions())
                        .put("impressionsWithoutToken", report.impressionsWithoutToken());
        report.quarantine().ifPresent(counts -> quarantine(json, counts));
        report.flow().ifPresent(flow -> measured(json, flow));
        return json;
    }

    private static void quarantine(ObjectNode json, QuarantineReasons.Counts counts) {
        ArrayNode reasons = json.putArray("quarantine");
        for (QuarantineReasons.Count one : counts.counts()) {
            reasons.addObject()
                    .put("reason", one.reason())
                    .put("count", one.count())
                    .put("oldest", one.oldest().toString());
        }
        json.put("quarantineComplete", counts.complete());
    }

    private static void measured(ObjectNode json, Flow flow) {
        Flow.Minute total = flow.total();
        json.put("accepted", total.accepted())
                .put("refused", total.refused())
                .put("quarantined", total.quarantined())
                .put("duplicates", total.duplicates());
        if (flow.clockSkew() != null) {
            json.putObject("clockSkew")
                    .put("count", flow.clockSkew().count())
                    .put("p50Seconds", flow.clockSkew().p50Seconds())
                    .put("p99Seconds", flow.clockSkew().p99Seconds());
        }
        if (total.accepted() > 0) {
            ArrayNode consent = json.putArray("consent");
            consent(consent, "personalisation", total.withoutPersonalisation(), total.accepted());
            consent(consent, "analytics", total.withoutAnalytics(), total.accepted());
        }
        if (flow.refusals() != null) {
            ArrayNode codes = json.putArray("refusals");
            flow.refusals().entrySet().stream()
                    .sorted(
                            Map.Entry.<String, Long>comparingByValue()
                                    .reversed()
                                    .thenComparing(Map.Entry.comparingByKey()))
                    .forEach(
                            one ->
                                    codes.addObject()
                                            .put("code", one.getKey())
                                            .put("count", one.getValue()));
        }
    }

    /**
     * Adds the share of events that are processed for a purpose. Refusals are counted when events
     * are processed, seconds after these were accepted, so that they may be more for a moment.
     */
    private static void consent(ArrayNode into, String purpose, long refused, long accepted) {
        double share = 1 - Math.min(1, (double) refused / accepted);
        into.addObject().put("purpose", purpose).put("share", rounded(share));
    }
}
