package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.example.ListCredit;
import dev.freshet.insight.OutcomeInterval;
import dev.freshet.insight.OutcomeQuery.Dimension;
import dev.freshet.insight.OutcomeReport;
import dev.freshet.model.outcome.OutcomeCount;
import dev.freshet.model.outcome.OutcomeSums;
import dev.freshet.model.signal.SignalFamilies;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** JSON encoding of answers about outcomes. A rate of nothing is left out. */
final class OutcomeJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int CENTS = 2;
    private static final int RATE_DIGITS = 6;

    private OutcomeJson() {}

    static ObjectNode of(OutcomeReport report) {
        ObjectNode json =
                JSON.objectNode()
                        .put("from", report.query().from().toString())
                        .put("to", report.query().to().toString());
        ArrayNode by = json.putArray("by");
        for (Dimension dimension : Dimension.values()) {
            if (report.query().by().contains(dimension)) {
                by.add(dimension.wireName());
            }
        }
        ArrayNode rows = json.putArray("rows");
        report.rows().forEach(row -> rows.add(row(row)));
        json.put("unseenClicks", report.unseenClicks());
        OutcomeSums none = report.unattributed();
        ObjectNode unattributed =
                json.putObject("unattributed")
                        .put("lists", none.get(OutcomeCount.LISTS))
                        .put("clicks", none.get(OutcomeCount.CLICKS))
                        .put("conversions", none.get(OutcomeCount.CONVERSIONS));
        revenue(unattributed.putObject("revenue"), none);
        if (report.isBySource()) {
            json.put(
                    "note",
                    "An item counts for each of its sources, so that rows do not add up to the"
                            + " total.");
        }
        if (report.withheld()) {
            json.put(
                    "note",
                    "Days on which the lists of a segment may be of fewer people than the stack's"
                            + " kAnonymity are left out.");
        }
        if (report.hoursFrom() != null) {
            json.put("hoursFrom", report.hoursFrom().toString());
        }
        json.putObject("asOf")
                .put("modelVersion", report.modelVersion())
                .put("newestEvent", report.asOf().toString());
        return json;
    }

    private static ObjectNode row(OutcomeReport.Row row) {
        ObjectNode json = JSON.objectNode();
        if (row.day() != null) {
            json.put("day", row.day().toString());
        }
        if (row.hour() != null) {
            json.put("hour", row.hour().toString());
        }
        if (row.placement() != null) {
            json.put("placement", row.placement());
        }
        if (row.arm() != null) {
            json.put("arm", row.arm());
        }
        if (row.segment() != null) {
            json.put("segment", row.segment().id());
            if (row.segment().name() != null) {
                json.put("segmentName", row.segment().name());
            }
        }
        if (row.source() != null) {
            json.put("source", source(row.source()));
        }
        if (row.position() != null) {
            json.put("position", row.position() + 1);
        }
        OutcomeSums sums = row.sums();
        if (!row.isPart()) {
            json.put("lists", sums.get(OutcomeCount.LISTS))
                    .put("explored", sums.get(OutcomeCount.EXPLORED))
                    .put("listsClicked", sums.get(OutcomeCount.LISTS_CLICKED))
                    .put("lateClicks", sums.get(OutcomeCount.LATE_CLICKS))
                    .put("hides", sums.get(OutcomeCount.HIDES));
            revenue(json.putObject("revenue"), sums);
            rate(json, "listCtr", sums, OutcomeCount.LISTS_CLICKED, OutcomeCount.LISTS);
            interval(json, OutcomeInterval.ofLists(sums));
            revenuePerThousandLists(json, sums);
        }
        json.put("places", sums.get(OutcomeCount.PLACES))
                .put("clicks", sums.get(OutcomeCount.CLICKS))
                .put("conversions", sums.get(OutcomeCount.CONVERSIONS));
        rate(json, "placeCtr", sums, OutcomeCount.CLICKS, OutcomeCount.PLACES);
        if (row.isPart()) {
            interval(json, OutcomeInterval.ofPlaces(sums));
        }
        return json.put("final", row.isFinal());
    }

    private static String source(int index) {
        return index < SignalFamilies.SOURCES
                ? SignalFamilies.source(index).wireName()
                : "source-" + index;
    }

    private static void rate(
            ObjectNode json, String name, OutcomeSums sums, OutcomeCount of, OutcomeCount all) {
        if (sums.get(all) > 0) {
            json.put(
                    name,
                    BigDecimal.valueOf(sums.get(of))
                            .divide(
                                    BigDecimal.valueOf(sums.get(all)),
                                    RATE_DIGITS,
                                    RoundingMode.HALF_EVEN)
                            .doubleValue());
        }
    }

    private static void interval(ObjectNode json, Optional<OutcomeInterval> interval) {
        interval.ifPresent(
                known ->
                        json.putObject("interval")
                                .put("lower", rounded(known.interval().low()))
                                .put("upper", rounded(known.interval().high()))
                                .put("method", known.method()));
    }

    private static double rounded(double rate) {
        return BigDecimal.valueOf(rate).setScale(RATE_DIGITS, RoundingMode.HALF_EVEN).doubleValue();
    }

    private static void revenue(ObjectNode json, OutcomeSums sums) {
        sums.revenue()
                .forEach(
                        (currency, amount) ->
                                json.put(
                                        currency,
                                        BigDecimal.valueOf(amount)
                                                .divide(
                                                        BigDecimal.valueOf(
                                                                ListCredit.AMOUNTS_PER_UNIT))
                                                .setScale(CENTS, RoundingMode.HALF_EVEN)));
    }

    private static void revenuePerThousandLists(ObjectNode json, OutcomeSums sums) {
        long lists = sums.get(OutcomeCount.LISTS);
        if (lists > 0) {
            ObjectNode each = json.putObject("revenuePerThousandLists");
            sums.revenue()
                    .forEach(
                            (currency, amount) ->
                                    each.put(
                                            currency,
                                            BigDecimal.valueOf(amount)
                                                    .multiply(BigDecimal.valueOf(1_000))
                                                    .divide(
                                                            BigDecimal.valueOf(lists)
                                                                    .multiply(
                                                                            BigDecimal.valueOf(
                                                                                    ListCredit
                                                                                            .AMOUNTS_PER_UNIT)),
                                                            CENTS,
                                                            RoundingMode.HALF_EVEN)));
        }
    }
}
