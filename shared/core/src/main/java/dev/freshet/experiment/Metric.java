package dev.freshet.experiment;

import static dev.freshet.model.sums.BucketSums.Column.CLICKS;
import static dev.freshet.model.sums.BucketSums.Column.CONVERSIONS;
import static dev.freshet.model.sums.BucketSums.Column.HIDES;
import static dev.freshet.model.sums.BucketSums.Column.LISTS;
import static dev.freshet.model.sums.BucketSums.Column.LISTS_CLICKED;
import static dev.freshet.model.sums.BucketSums.Column.REVENUE;
import static dev.freshet.model.sums.BucketSums.Column.USERS;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.freshet.model.sums.BucketSums.Column;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an experiment can measure: a ratio of two columns of the sums. */
public enum Metric {
    /** Share of lists with at least one click. */
    LIST_CTR("listCtr", "lists clicked", LISTS_CLICKED, LISTS, LISTS_CLICKED, true, Unit.SHARE),
    /** Clicks on a list. */
    CLICKS_PER_LIST("clicksPerList", "clicks a list", CLICKS, LISTS, CLICKS, true, Unit.NUMBER),
    /** Clicks of a user within the window. */
    CLICKS_PER_USER("clicksPerUser", "clicks a user", CLICKS, USERS, CLICKS, true, Unit.NUMBER),
    /** Lists that a user saw within the window. */
    LISTS_PER_USER("listsPerUser", "lists a user", LISTS, USERS, LISTS, true, Unit.NUMBER),
    /** Purchases and submitted forms of a user within the window. */
    CONVERSIONS_PER_USER(
            "conversionsPerUser",
            "conversions a user",
            CONVERSIONS,
            USERS,
            CONVERSIONS,
            true,
            Unit.NUMBER),
    /** Revenue of a user within the window, in units of the experiment's currency. */
    REVENUE_PER_USER(
            "revenuePerUser", "revenue a user", REVENUE, USERS, CONVERSIONS, true, Unit.MONEY),
    /** Hidden items on a list: fewer are better. */
    HIDES_PER_LIST("hidesPerList", "hides a list", HIDES, LISTS, HIDES, false, Unit.NUMBER);

    /** Names of all metrics, for messages. */
    static final String NAMES =
            Arrays.stream(values()).map(Metric::wireName).collect(Collectors.joining(", "));

    /** How a value is written. */
    public enum Unit {
        /** A share of 1, written in percent. */
        SHARE(1),
        /** A number of things. */
        NUMBER(1),
        /** Money, summed in 1/10,000 of a unit. */
        MONEY(10_000);

        private final double parts;

        Unit(double parts) {
            this.parts = parts;
        }

        /** Returns how many parts of the sums are one of this unit. */
        public double parts() {
            return parts;
        }
    }

    private final String wireName;
    private final String words;
    private final Column numerator;
    private final Column denominator;
    private final Column events;
    private final boolean moreIsBetter;
    private final Unit unit;

    Metric(
            String wireName,
            String words,
            Column numerator,
            Column denominator,
            Column events,
            boolean moreIsBetter,
            Unit unit) {
        this.wireName = wireName;
        this.words = words;
        this.numerator = numerator;
        this.denominator = denominator;
        this.events = events;
        this.moreIsBetter = moreIsBetter;
        this.unit = unit;
    }

    /** Returns the metric of a name. */
    public static Optional<Metric> of(String name) {
        return Arrays.stream(values()).filter(metric -> metric.wireName.equals(name)).findAny();
    }

    /** Returns the name in definitions and answers: {@code listCtr}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Returns the name for a person: {@code lists clicked}. */
    public String words() {
        return words;
    }

    Column numerator() {
        return numerator;
    }

    Column denominator() {
        return denominator;
    }

    /** Returns the column that counts the events behind the numerator. */
    Column events() {
        return events;
    }

    /** Returns whether a larger value is a better one. */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    public Unit unit() {
        return unit;
    }
}
