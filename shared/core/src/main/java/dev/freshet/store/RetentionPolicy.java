package dev.freshet.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long the stores keep their data; each period is an option of the stack, in whole days.
 *
 * @param interactions rows of interactions, from their receipt
 * @param exposures lists shown, from the receipt of the first event about them
 * @param outcomes sums of closed days, from the last write
 * @param users profiles, from the last write
 * @param trends windows, from the last write
 * @param items items, beyond the last moment at which they are available; 0 to 3,650
 * @param model rows and objects of the model log, after the snapshot that made them unneeded;
 *     longer than the streams' retention
 * @param quarantine quarantined records
 * @param recovery how far back tables can be restored; 0 where they cannot, at most 35
 * @param bulk lists made in bulk; 0 where none are made
 */
public record RetentionPolicy(
        Duration interactions,
        Duration exposures,
        Duration outcomes,
        Duration users,
        Duration trends,
        Duration items,
        Duration model,
        Duration quarantine,
        Duration recovery,
        Duration bulk) {
    /** Retention of both streams. */
    public static final Duration STREAMS = Duration.ofDays(7);

    /** The periods of an option that is not set: those of stage dev. */
    public static final RetentionPolicy DEFAULT = of(Map.of());

    private static final int MARGIN_DAYS = 7;

    /** A kind of stored data, with the default and the bounds of its retention in days. */
    public enum Kind {
        INTERACTIONS(90, 1, 3_650),
        EXPOSURES(30, 8, 3_650),
        OUTCOMES(400, 10, 3_650),
        USERS(400, 1, 3_650),
        TRENDS(30, 1, 3_650),
        ITEMS(0, 0, 3_650),
        MODEL(14, 8, 365),
        QUARANTINE(14, 1, 365),
        RECOVERY(0, 0, 35),
        BULK(0, 0, 7);

        private final int days;
        private final int least;
        private final int most;

        Kind(int days, int least, int most) {
            this.days = days;
            this.least = least;
            this.most = most;
        }

        /** Returns the name of this kind in the text of a retention policy. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the default in days. */
        public int days() {
            return days;
        }

        /** Returns the least number of days that is allowed. */
        public int least() {
            return least;
        }

        /** Returns the greatest number of days that is allowed. */
        public int most() {
            return most;
        }
    }

    private static Map<String, Integer> defaults() {
        Map<String, Integer> days = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            days.put(kind.wireName(), kind.days);
        }
        return days;
    }

    public RetentionPolicy {
        require(Kind.INTERACTIONS, interactions);
        require(Kind.EXPOSURES, exposures);
        require(Kind.OUTCOMES, outcomes);
        require(Kind.USERS, users);
        require(Kind.TRENDS, trends);
        require(Kind.ITEMS, items);
        require(Kind.MODEL, model);
        require(Kind.QUARANTINE, quarantine);
        require(Kind.RECOVERY, recovery);
        require(Kind.BULK, bulk);
    }

    /**
     * Returns a policy of days by name; a period that is not named is that of {@link #DEFAULT}.
     *
     * @throws IllegalArgumentException with a message for the operator, for an unknown name or days
     *     out of range
     */
    public static RetentionPolicy of(Map<String, Integer> days) {
        Map<String, Integer> all = defaults();
        for (String name : days.keySet()) {
            if (!all.containsKey(name)) {
                throw new IllegalArgumentException(
                        "there is no retention named "
                                + name
                                + "; the names are "
                                + String.join(", ", all.keySet()));
            }
        }
        all.putAll(days);
        return new RetentionPolicy(
                Duration.ofDays(all.getOrDefault("interactions", 0)),
                Duration.ofDays(all.getOrDefault("exposures", 0)),
                Duration.ofDays(all.getOrDefault("outcomes", 0)),
                Duration.ofDays(all.getOrDefault("users", 0)),
                Duration.ofDays(all.getOrDefault("trends", 0)),
                Duration.ofDays(all.getOrDefault("items", 0)),
                Duration.ofDays(all.getOrDefault("model", 0)),
                Duration.ofDays(all.getOrDefault("quarantine", 0)),
                Duration.ofDays(all.getOrDefault("recovery", 0)),
                Duration.ofDays(all.getOrDefault("bulk", 0)));
    }

    /**
     * Parses what {@link #text} wrote: {@code interactions=90,users=400}.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static RetentionPolicy parse(String text) {
        Map<String, Integer> days = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            String[] pair = part.strip().split("=", -1);
            if (pair.length != 2 || !pair[1].matches("[0-9]{1,5}")) {
                throw new IllegalArgumentException(
                        "retention is written as interactions=90,users=400, in days");
            }
            days.put(pair[0], Integer.parseInt(pair[1]));
        }
        return of(days);
    }

    /** Returns this policy with another period of lists made in bulk. */
    public RetentionPolicy withBulk(Duration period) {
        return new RetentionPolicy(
                interactions,
                exposures,
                outcomes,
                users,
                trends,
                items,
                model,
                quarantine,
                recovery,
                period);
    }

    /** Returns all periods in days, by name: {@code interactions=90,users=400}. */
    public String text() {
        Map<String, Duration> all = new TreeMap<>();
        all.put("interactions", interactions);
        all.put("exposures", exposures);
        all.put("outcomes", outcomes);
        all.put("users", users);
        all.put("trends", trends);
        all.put("items", items);
        all.put("model", model);
        all.put("quarantine", quarantine);
        all.put("recovery", recovery);
        all.put("bulk", bulk);
        return all.entrySet().stream()
                .map(period -> period.getKey() + "=" + period.getValue().toDays())
                .collect(Collectors.joining(","));
    }

    /**
     * Returns how long a tombstone is kept: past the last moment at which an older record may
     * return. A record may lie in the stream until it expires there, be quarantined in its last
     * hour, and be resubmitted in the last hour of that retention, into the stream once more.
     */
    public Duration tombstones() {
        return STREAMS.multipliedBy(2).plus(quarantine).plusDays(MARGIN_DAYS);
    }

    private static void require(Kind kind, Duration period) {
        if (period.toDays() < kind.least || period.toDays() > kind.most) {
            throw new IllegalArgumentException(
                    "retention of %s must be %d to %d days"
                            .formatted(kind.wireName(), kind.least, kind.most));
        }
    }
}
