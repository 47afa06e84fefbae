package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.insight.CatalogueReport;
import dev.freshet.insight.CatalogueReport.FirstShowing;
import dev.freshet.insight.ItemFigures;
import dev.freshet.insight.ItemReport;
import dev.freshet.insight.NeverShownReason;
import dev.freshet.insight.SegmentReport;
import dev.freshet.insight.TopicReport;
import dev.freshet.statistics.DemandRatio;
import dev.freshet.statistics.TrendScore;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * JSON encoding of what the catalogue, its topics and its items are worth to readers. Numbers have
 * six significant digits. What is not known is null.
 */
final class CatalogueJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private CatalogueJson() {}

    static ObjectNode of(SegmentReport report) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("modelVersion", report.modelVersion())
                        .put("asOf", report.asOf().toString())
                        .put("people", report.people());
        if (report.drawn() != null) {
            json.put("drawn", report.drawn().toString());
        }
        ArrayNode segments = json.putArray("segments");
        for (SegmentReport.Row segment : report.segments()) {
            ArrayNode tags =
                    segments.addObject()
                            .put("id", segment.id())
                            .put("name", segment.name())
                            .put("people", segment.people())
                            .put("share", segment.share())
                            .putArray("tags");
            for (SegmentReport.Tag tag : segment.tags()) {
                tags.addObject()
                        .put("tag", tag.tag())
                        .put("lift", tag.lift())
                        .put("people", tag.people());
            }
        }
        return json;
    }

    static ObjectNode of(CatalogueReport report) {
        int never = report.neverShown().values().stream().mapToInt(Integer::intValue).sum();
        ObjectNode json =
                head(report.modelVersion(), report.asOf())
                        .put("items", report.items())
                        .put("available", report.available())
                        .put("shown", report.shown())
                        .put("met", report.met());
        put(
                json,
                "coverage",
                report.available() == 0 ? null : (double) report.shown() / report.available());
        put(json, "gini", report.gini());
        put(json, "topShare", report.topShare());
        ArrayNode reasons = json.putObject("neverShown").put("count", never).putArray("reasons");
        for (NeverShownReason reason : NeverShownReason.values()) {
            int count = report.neverShown().getOrDefault(reason, 0);
            if (count > 0) {
                reasons.addObject().put("reason", reason.wireName()).put("count", count);
            }
        }
        FirstShowing first = report.firstShowing();
        if (first == null) {
            json.putNull("timeToFirstShowing");
        } else {
            json.putObject("timeToFirstShowing")
                    .put("items", first.items())
                    .put("medianSeconds", first.medianSeconds())
                    .put("p90Seconds", first.p90Seconds());
        }
        return json.put("days", CatalogueReport.DAYS);
    }

    static ObjectNode of(TopicReport report) {
        ObjectNode json =
                head(report.modelVersion(), report.asOf())
                        .put("by", report.query().by().wireName())
                        .put("days", report.query().days());
        if (report.query().country() != null) {
            json.put("country", report.query().country());
        }
        put(json, "overdispersion", report.overdispersion());
        ArrayNode topics = json.putArray("topics");
        report.topics().forEach(row -> topics.add(topic(row)));
        return json;
    }

    private static ObjectNode topic(TopicReport.Row row) {
        ObjectNode json = JSON.objectNode().put("topic", row.topic());
        put(json, "supply", row.supply());
        boolean few = row.demand() > 0 && row.demand() < TopicReport.FEWEST;
        put(json, "demand", few ? null : row.demand());
        ratio(json, row.ratio());
        if (row.wanted() == null) {
            json.putNull("wanted");
        } else {
            ratio(json.putObject("wanted"), row.wanted());
        }
        TrendScore trend = row.trend();
        if (trend == null || few) {
            json.putNull("trend");
        } else {
            ObjectNode told = json.putObject("trend").put("direction", row.direction());
            put(told, "ratio", trend.ratio());
            put(told, "z", trend.z());
            told.put("listed", row.listed());
        }
        return json;
    }

    private static void ratio(ObjectNode json, @Nullable DemandRatio ratio) {
        put(json, "times", ratio == null ? null : ratio.times());
        put(json, "lower", ratio == null ? null : ratio.interval().low());
        put(json, "upper", ratio == null ? null : ratio.interval().high());
    }

    static ObjectNode of(ItemReport report, @Nullable String next) {
        ObjectNode json =
                head(report.modelVersion(), report.asOf()).put("order", report.order().wireName());
        ArrayNode items = json.putArray("items");
        for (ItemReport.Row row : report.items()) {
            ObjectNode item =
                    items.addObject().put("itemId", row.itemId()).put("title", row.title());
            ArrayNode tags = item.putArray("tags");
            row.tags().forEach(tags::add);
            item.put(
                    "publishedAt", row.publishedAt() == null ? null : row.publishedAt().toString());
            figures(item, row.figures());
        }
        return json.put("next", next);
    }

    private static void figures(ObjectNode json, ItemFigures figures) {
        switch (figures) {
            case ItemFigures.Attention of -> {
                put(json, "attentionSeconds", of.seconds());
                json.put("readings", of.readings());
                Double expected = of.expectedSeconds();
                put(json, "expectedSeconds", expected);
                put(json, "ofExpected", expected == null ? null : of.seconds() / expected);
                put(json, "deepShare", of.deepShare());
            }
            case ItemFigures.Rising of -> {
                put(json, "ratio", of.ratio());
                put(json, "z", of.z());
                json.put("users", of.users()).put("usersBefore", of.usersBefore());
            }
            case ItemFigures.NeverShown of -> json.put("reason", of.reason().wireName());
            case ItemFigures.ShownInVain of -> {
                put(json, "shown", of.shown());
                put(json, "clicks", of.clicks());
                put(json, "clickRate", of.clicks() / of.shown());
                put(json, "clickRateUpper", of.upper());
                put(json, "placementRate", of.usual());
            }
        }
    }

    private static ObjectNode head(long modelVersion, Instant asOf) {
        return JSON.objectNode().put("modelVersion", modelVersion).put("asOf", asOf.toString());
    }

    private static void put(ObjectNode json, String name, @Nullable Double number) {
        if (number == null || !Double.isFinite(number)) {
            json.putNull(name);
        } else {
            json.put(name, BigDecimal.valueOf(number).round(DIGITS).doubleValue());
        }
    }
}
