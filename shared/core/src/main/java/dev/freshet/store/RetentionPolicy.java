package dev.freshet.store;

import static dev.freshet.check.Check.require;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How long the stores keep their data; each period is an option of the stack, in whole days.
 *
 * @param days by every kind of data
 */
public record RetentionPolicy(Map<Kind, Integer> days) {
    /** Retention of both streams. */
    public static final Duration STREAMS = Duration.ofDays(7);

    /** The periods of an option that is not set: those of stage dev. */
    public static final RetentionPolicy DEFAULT = new RetentionPolicy(Map.of());

    private static final int MARGIN_DAYS = 7;

    /** A kind of stored data, with the default and the bounds of its retention in days. */
    public enum Kind {
        /** Rows of interactions, from their receipt. */
        INTERACTIONS(90, 1, 3_650),

        /** Lists shown, from the receipt of the first event about them. */
        EXPOSURES(30, 8, 3_650),

        /** Sums of closed days, from the last write. */
        OUTCOMES(400, 10, 3_650),

        /** Profiles, from the last write. */
        USERS(400, 1, 3_650),

        /** Windows of trends, from the last write. */
        TRENDS(30, 1, 3_650),

        /** Items, beyond the last moment at which they are available. */
        ITEMS(0, 0, 3_650),

        /**
         * Rows and objects of the model log, after the snapshot that made them unneeded; longer
         * than the streams' retention.
         */
        MODEL(14, 8, 365),

        /** Quarantined records. */
        QUARANTINE(14, 1, 365),

        /** How far back tables can be restored; 0 where they cannot. */
        RECOVERY(0, 0, 35),

        /** Lists made in bulk; 0 where none are made. */
        BULK(0, 0, 7);

        private static final Map<String, Kind> BY_NAME =
                Arrays.stream(values())
                        .collect(Collectors.toMap(Kind::wireName, Function.identity()));

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

    /**
     * Creates a policy; a period that is not given is that of {@link #DEFAULT}.
     *
     * @throws IllegalArgumentException with a message for the operator, for days out of range
     */
    public RetentionPolicy {
        Map<Kind, Integer> all = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            int period = days.getOrDefault(kind, kind.days);
            if (period < kind.least || period > kind.most) {
                throw new IllegalArgumentException(
                        "retention of %s must be %d to %d days"
                                .formatted(kind.wireName(), kind.least, kind.most));
            }
            all.put(kind, period);
        }
        days = Map.copyOf(all);
    }

    /**
     * Parses what {@link #text} wrote: {@code interactions=90,users=400}.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static RetentionPolicy parse(String text) {
        Map<Kind, Integer> days = new EnumMap<>(Kind.class);
        for (String part : text.split(",", -1)) {
            String[] pair = part.strip().split("=", -1);
            require(
                    pair.length == 2 && pair[1].matches("[0-9]{1,5}"),
                    "retention is written as interactions=90,users=400, in days");
            Kind kind = Kind.BY_NAME.get(pair[0]);
            if (kind == null) {
                throw new IllegalArgumentException(
                        "there is no retention named %s; the names are %s"
                                .formatted(pair[0], String.join(", ", Kind.BY_NAME.keySet())));
            }
            days.put(kind, Integer.parseInt(pair[1]));
        }
        return new RetentionPolicy(days);
    }

    /** Returns how long data of a kind is kept. */
    public Duration period(Kind kind) {
        return Duration.ofDays(days.getOrDefault(kind, kind.days));
    }

    /** Returns this policy with another period of one kind. */
    public RetentionPolicy with(Kind kind, int period) {
        Map<Kind, Integer> changed = new EnumMap<>(days);
        changed.put(kind, period);
        return new RetentionPolicy(changed);
    }

    /** Returns all periods in days, by name: {@code interactions=90,users=400}. */
    public String text() {
        return days.entrySet().stream()
                .map(period -> period.getKey().wireName() + "=" + period.getValue())
                .sorted()
                .collect(Collectors.joining(","));
    }

    /**
     * Returns how long a tombstone is kept: past the last moment at which an older record may
     * return. A record may lie in the stream until it expires there, be quarantined in its last
     * hour, and be resubmitted in the last hour of that retention, into the stream once more.
     */
    public Duration tombstones() {
        return STREAMS.multipliedBy(2).plus(period(Kind.QUARANTINE)).plusDays(MARGIN_DAYS);
    }
}
