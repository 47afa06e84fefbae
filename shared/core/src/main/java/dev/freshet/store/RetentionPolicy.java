package dev.freshet.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long the stores keep what they hold; each a setting of the stack, in whole days.
 *
 * @param interactions rows of what readers did, from their receipt
 * @param users profiles, from the last write
 * @param trends windows, from the last write
 * @param items items, beyond the last moment at which they are available; 0 to 3,650
 * @param model rows and objects of the model log, behind the snapshot that made them unneeded; more
 *     than the streams keep
 * @param quarantine records kept aside
 * @param recovery how far back tables can be restored; 0 where they cannot, at most 35
 */
public record RetentionPolicy(
        Duration interactions,
        Duration users,
        Duration trends,
        Duration items,
        Duration model,
        Duration quarantine,
        Duration recovery) {
    /** How long both streams keep their records. */
    public static final Duration STREAMS = Duration.ofDays(7);

    /** What holds where nothing else is said: that of stage dev. */
    public static final RetentionPolicy DEFAULT = of(Map.of());

    private static final int MARGIN_DAYS = 7;

    /** A kind of stored data, with the default and the bounds of its retention in days. */
    public enum Kind {
        INTERACTIONS(90, 1, 3_650),
        USERS(400, 1, 3_650),
        TRENDS(30, 1, 3_650),
        ITEMS(0, 0, 3_650),
        MODEL(14, 8, 365),
        QUARANTINE(14, 1, 365),
        RECOVERY(0, 0, 35);

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
        require(Kind.USERS, users);
        require(Kind.TRENDS, trends);
        require(Kind.ITEMS, items);
        require(Kind.MODEL, model);
        require(Kind.QUARANTINE, quarantine);
        require(Kind.RECOVERY, recovery);
    }

    /**
     * Of days by name; what is not named is as in {@link #DEFAULT}.
     *
     * @throws IllegalArgumentException with a sentence, for another name or days out of range
     */
    public static RetentionPolicy of(Map<String, Integer> days) {
        Map<String, Integer> all = defaults();
        for (String name : days.keySet()) {
            if (!all.containsKey(name)) {
                throw new IllegalArgumentException(
                        "retention knows no " + name + ", only " + String.join(", ", all.keySet()));
            }
        }
        all.putAll(days);
        return new RetentionPolicy(
                Duration.ofDays(all.getOrDefault("interactions", 0)),
                Duration.ofDays(all.getOrDefault("users", 0)),
                Duration.ofDays(all.getOrDefault("trends", 0)),
                Duration.ofDays(all.getOrDefault("items", 0)),
                Duration.ofDays(all.getOrDefault("model", 0)),
                Duration.ofDays(all.getOrDefault("quarantine", 0)),
                Duration.ofDays(all.getOrDefault("recovery", 0)));
    }

    /**
     * Reads what {@link #text} wrote: {@code interactions=90,users=400}.
     *
     * @throws IllegalArgumentException with a sentence
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

    /** All of it, by name. */
    public String text() {
        Map<String, Duration> all = new TreeMap<>();
        all.put("interactions", interactions);
        all.put("users", users);
        all.put("trends", trends);
        all.put("items", items);
        all.put("model", model);
        all.put("quarantine", quarantine);
        all.put("recovery", recovery);
        return all.entrySet().stream()
                .map(kept -> kept.getKey() + "=" + kept.getValue().toDays())
                .collect(Collectors.joining(","));
    }

    /**
     * How long a tombstone stays: past the last moment at which something of before may come back.
     * A record may lie in the stream until it expires there, be kept aside in its last hour, and be
     * brought back in the last hour of that, into the stream once more.
     */
    public Duration tombstones() {
        return STREAMS.multipliedBy(2).plus(quarantine).plusDays(MARGIN_DAYS);
    }

    private static void require(Kind kind, Duration kept) {
        if (kept.toDays() < kind.least || kept.toDays() > kind.most) {
            throw new IllegalArgumentException(
                    "retention of %s must be %d to %d days"
                            .formatted(kind.wireName(), kind.least, kind.most));
        }
    }
}
