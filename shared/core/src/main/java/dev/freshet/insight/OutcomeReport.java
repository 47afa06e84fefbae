package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.freshet.event.EventTypes;
import dev.freshet.example.ListCredit;
import dev.freshet.features.AttributionRules;
import dev.freshet.insight.OutcomeQuery.Dimension;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.settings.Objective;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.statistics.ConfidenceInterval;
import dev.freshet.statistics.JackknifeRatio;
import dev.freshet.store.StoreUnavailableException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
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
 * @param countedBy the rules by which outcomes count now
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
        CountingRules countedBy,
        AsOf asOf) {
    private static final int CENTS = 2;

    /**
     * What counts as an outcome, and what the model learns of it. A change holds for what happens
     * from then on.
     *
     * @param conversionTypes events that are conversions, each counted as one
     * @param clickWindowHours a click counts in rates up to so long after the issue of the list
     * @param viewThroughHours a conversion without a click counts for the last list that showed its
     *     item within this time; 0: for none
     * @param weights what an interaction weighs when the model learns from it, by type; of types
     *     that are not named 1
     */
    public record CountingRules(
            List<String> conversionTypes,
            long clickWindowHours,
            long viewThroughHours,
            SortedMap<String, Double> weights) {
        /**
         * Returns the rules of a stack.
         *
         * @param types that the stack has
         */
        public static CountingRules of(
                AttributionRules attribution, Objective objective, EventTypes types) {
            SortedMap<String, Double> weights = new TreeMap<>();
            objective.weights().forEach((type, weight) -> weights.put(types.nameOf(type), weight));
            return new CountingRules(
                    attribution.conversionTypes().stream().map(types::nameOf).sorted().toList(),
                    attribution.clickWindow().toHours(),
                    attribution.viewThrough().toHours(),
                    weights);
        }
    }

    /**
     * What an answer rests on.
     *
     * @param modelVersion the version of the model that answered
     * @param newestEvent the latest event time that it has learned
     */
    public record AsOf(long modelVersion, Instant newestEvent) {
        static AsOf of(Versioned newest) {
            return new AsOf(newest.version(), newest.model().clock());
        }
    }

    /**
     * The interval of a click rate at 95 %, with six decimals.
     *
     * @param method {@code buckets}, by the jackknife over buckets of users, which holds although
     *     one user's lists are alike; {@code lists}, which holds if each list or place were of
     *     another user
     */
    public record OutcomeInterval(double lower, double upper, String method) {
        /** Decimals of a rate. */
        static final int RATE_DIGITS = 6;

        private static final String BUCKETS = "buckets";
        private static final String LISTS = "lists";

        /**
         * Returns the interval of the share of lists that were clicked: by buckets where enough of
         * them have a list.
         *
         * @return empty without lists
         */
        public static Optional<OutcomeInterval> ofLists(OutcomeSums sums) {
            return of(sums, sums.get(OutcomeCount.LISTS_CLICKED), sums.get(OutcomeCount.LISTS));
        }

        /**
         * Returns the interval of the clicks for each place of a source or position: by buckets
         * where enough of them have a place.
         *
         * @param part the sums of a source or position, whose buckets are of places and clicks
         * @return empty without places
         */
        public static Optional<OutcomeInterval> ofPlaces(OutcomeSums part) {
            return of(part, part.get(OutcomeCount.CLICKS), part.get(OutcomeCount.PLACES));
        }

        /**
         * Returns the interval by buckets if these add up to all of it, which they do not where
         * some days or placements were summed without.
         */
        private static Optional<OutcomeInterval> of(OutcomeSums sums, long clicked, long all) {
            long[] shown = new long[OutcomeSums.BUCKETS];
            long[] clicks = new long[OutcomeSums.BUCKETS];
            for (int bucket = 0; bucket < shown.length; bucket++) {
                shown[bucket] = sums.listsOf(bucket);
                clicks[bucket] = sums.listsClickedOf(bucket);
            }
            boolean complete =
                    LongStream.of(shown).sum() == all && LongStream.of(clicks).sum() == clicked;
            return (complete ? JackknifeRatio.of(clicks, shown) : Optional.<JackknifeRatio>empty())
                    .map(known -> of(known.interval(), BUCKETS))
                    .or(() -> of(clicked, all));
        }

        private static Optional<OutcomeInterval> of(long clicked, long all) {
            return all > 0 && clicked >= 0
                    ? Optional.of(
                            of(ConfidenceInterval.wilson((double) clicked, (double) all), LISTS))
                    : Optional.empty();
        }

        private static OutcomeInterval of(ConfidenceInterval interval, String method) {
            return new OutcomeInterval(rounded(interval.low()), rounded(interval.high()), method);
        }

        private static double rounded(double rate) {
            return BigDecimal.valueOf(rate)
                    .setScale(RATE_DIGITS, RoundingMode.HALF_EVEN)
                    .doubleValue();
        }
    }

    /**
     * Answers a question.
     *
     * @throws InvalidQueryException if the answer would have more than {@value
     *     OutcomeRows#MAX_ROWS} rows
     * @throws StoreUnavailableException if the table does not answer
     */
    public static OutcomeReport of(InsightSources sources, OutcomeQuery query) {
        return new OutcomeRows(query, sources).report();
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
     * @param unseenClicks clicks on lists whose impression has not arrived
     * @param listCtr the share of lists that were clicked, with its interval; null without lists
     */
    public record ListFigures(
            long lists,
            long explored,
            long listsClicked,
            long lateClicks,
            long unseenClicks,
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
                    sums.get(OutcomeCount.UNSEEN_CLICKS),
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
