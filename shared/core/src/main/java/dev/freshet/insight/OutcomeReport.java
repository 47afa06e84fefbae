package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.freshet.example.ListCredit;
import dev.freshet.insight.OutcomeQuery.Dimension;
import dev.freshet.model.outcome.OutcomeCount;
import dev.freshet.model.outcome.OutcomeSums;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.store.StoreUnavailableException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a question for outcomes. Rates are from 0 to 1 with six decimals, revenue is by
 * currency in its unit with two.
 *
 * @param from the first day
 * @param to the last day
 * @param by what rows are broken down by
 * @param rows in the order of their day or hour, placement, arm, source and position
 * @param unseenClicks clicks on lists whose impression has not arrived, of the same placements and
 *     arms: high numbers tell that impressions are lost
 * @param unattributed what belongs to no known list, of the same days
 * @param note what a reader of the rows has to know; null for nothing
 * @param hoursFrom the oldest hour that is kept, where the rows are of hours and there is one; else
 *     null
 */
public record OutcomeReport(
        LocalDate from,
        LocalDate to,
        List<Dimension> by,
        List<Row> rows,
        long unseenClicks,
        Unattributed unattributed,
        @Nullable String note,
        @Nullable Instant hoursFrom,
        AsOf asOf) {
    private static final int CENTS = 2;

    public OutcomeReport {
        by = List.copyOf(by);
        rows = List.copyOf(rows);
    }

    /**
     * Answers a question.
     *
     * @throws InvalidQueryException if the answer would have more than {@value
     *     OutcomeRows#MAX_ROWS} rows
     * @throws StoreUnavailableException if the table does not answer
     */
    public static OutcomeReport of(InsightSources sources, OutcomeQuery query) {
        return new OutcomeRows(query, sources.models().get()).report(sources.outcomes());
    }

    /**
     * A row of the answer. What the question does not break down by is null.
     *
     * @param hour the begin of an hour in UTC
     * @param segment of users, whose lists are of every placement
     * @param segmentName null where the segment is there no more
     * @param source the name of a source, whose places, clicks and conversions alone are known
     * @param position in lists, from 1, of which the same are known
     * @param sums of a source or position, the buckets are of places and clicks on them
     * @param isFinal whether the days of the row can change no more
     */
    @JsonPropertyOrder({"day", "hour", "placement", "arm", "segment", "segmentName", "source"})
    public record Row(
            @Nullable LocalDate day,
            @Nullable Instant hour,
            @Nullable String placement,
            @Nullable String arm,
            @Nullable String segment,
            @Nullable String segmentName,
            @Nullable String source,
            @Nullable Integer position,
            @JsonIgnore OutcomeSums sums,
            @JsonProperty("final") boolean isFinal) {
        /** Returns what is known of whole lists; null for the row of a source or position. */
        @JsonProperty
        @JsonUnwrapped
        public @Nullable ListFigures ofLists() {
            return isPart() ? null : ListFigures.of(sums);
        }

        /** Returns what is known of the places of lists. */
        @JsonProperty
        @JsonUnwrapped
        public PlaceFigures ofPlaces() {
            return new PlaceFigures(
                    sums.get(OutcomeCount.PLACES),
                    sums.get(OutcomeCount.CLICKS),
                    sums.get(OutcomeCount.CONVERSIONS),
                    rate(sums, OutcomeCount.CLICKS, OutcomeCount.PLACES),
                    isPart() ? OutcomeInterval.ofPlaces(sums).orElse(null) : null);
        }

        private boolean isPart() {
            return source != null || position != null;
        }
    }

    /**
     * What is known of lists.
     *
     * @param listCtr the share of lists that were clicked, with its interval; null without lists
     */
    public record ListFigures(
            long lists,
            long explored,
            long listsClicked,
            long lateClicks,
            long hides,
            SortedMap<String, BigDecimal> revenue,
            @Nullable Double listCtr,
            @Nullable OutcomeInterval interval,
            @Nullable SortedMap<String, BigDecimal> revenuePerThousandLists) {
        private static ListFigures of(OutcomeSums sums) {
            long lists = sums.get(OutcomeCount.LISTS);
            return new ListFigures(
                    lists,
                    sums.get(OutcomeCount.EXPLORED),
                    sums.get(OutcomeCount.LISTS_CLICKED),
                    sums.get(OutcomeCount.LATE_CLICKS),
                    sums.get(OutcomeCount.HIDES),
                    inUnits(sums, BigDecimal.ONE),
                    rate(sums, OutcomeCount.LISTS_CLICKED, OutcomeCount.LISTS),
                    OutcomeInterval.ofLists(sums).orElse(null),
                    lists > 0 ? inUnits(sums, BigDecimal.valueOf(lists, 3)) : null);
        }
    }

    /**
     * What is known of the places of lists.
     *
     * @param placeCtr clicks for each place; null without places
     * @param interval of this rate; null for whole lists, whose places are not independent
     */
    public record PlaceFigures(
            long places,
            long clicks,
            long conversions,
            @Nullable Double placeCtr,
            @Nullable OutcomeInterval interval) {}

    /** What belongs to no known list. */
    public record Unattributed(
            long lists, long clicks, long conversions, SortedMap<String, BigDecimal> revenue) {
        static Unattributed of(OutcomeSums sums) {
            return new Unattributed(
                    sums.get(OutcomeCount.LISTS),
                    sums.get(OutcomeCount.CLICKS),
                    sums.get(OutcomeCount.CONVERSIONS),
                    inUnits(sums, BigDecimal.ONE));
        }
    }

    private static @Nullable Double rate(OutcomeSums sums, OutcomeCount of, OutcomeCount all) {
        return sums.get(all) > 0
                ? BigDecimal.valueOf(sums.get(of))
                        .divide(
                                BigDecimal.valueOf(sums.get(all)),
                                OutcomeInterval.RATE_DIGITS,
                                RoundingMode.HALF_EVEN)
                        .doubleValue()
                : null;
    }

    /** Returns the revenue in units of its currencies, over a number. */
    private static SortedMap<String, BigDecimal> inUnits(OutcomeSums sums, BigDecimal over) {
        BigDecimal parts = over.multiply(BigDecimal.valueOf(ListCredit.AMOUNTS_PER_UNIT));
        TreeMap<String, BigDecimal> revenue = new TreeMap<>();
        sums.revenue()
                .forEach(
                        (currency, amount) ->
                                revenue.put(
                                        currency,
                                        BigDecimal.valueOf(amount)
                                                .divide(parts, CENTS, RoundingMode.HALF_EVEN)));
        return revenue;
    }
}
