package dev.freshet.store;

import java.time.Duration;
import java.util.LinkedHashMap;
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

    private static final int MOST_DAYS = 3_650;
    private static final int MARGIN_DAYS = 7;

    private static Map<String, Integer> defaults() {
        Map<String, Integer> days = new LinkedHashMap<>();
        days.put("interactions", 90);
        days.put("users", 400);
        days.put("trends", 30);
        days.put("items", 0);
        days.put("model", 14);
        days.put("quarantine", 14);
        days.put("recovery", 0);
        return days;
    }

    public RetentionPolicy {
        require("interactions", interactions, 1, MOST_DAYS);
        require("users", users, 1, MOST_DAYS);
        require("trends", trends, 1, MOST_DAYS);
        require("items", items, 0, MOST_DAYS);
        require("model", model, 8, 365);
        require("quarantine", quarantine, 1, 365);
        require("recovery", recovery, 0, 35);
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

    private static void require(String name, Duration kept, int least, int most) {
        if (kept.toDays() < least || kept.toDays() > most) {
            throw new IllegalArgumentException(
                    "retention of %s must be %d to %d days".formatted(name, least, most));
        }
    }
}
