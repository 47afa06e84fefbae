package dev.freshet.model.sums;

import dev.freshet.catalog.Item;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Interactions by topic of the last nine days: by hour, and by day and country. A user counts once
 * per item and UTC day, as in all counts of popularity. 100 to 500 KB usually, some 10 MB at the
 * bounds.
 *
 * @param hours by hours since 1970-01-01, at most {@value #HOURS}
 * @param countries by days since 1970-01-01 in UTC, at most {@value #DAYS}, then by country, at
 *     most {@value #MAX_COUNTRIES}
 */
public record TopicWindows(
        SortedMap<Integer, TopicWindow> hours,
        SortedMap<Integer, SortedMap<String, TopicWindow>> countries) {
    /** Days that are kept, the present one included: it, the one before, and seven before that. */
    public static final int DAYS = 9;

    private static final int HOURS_PER_DAY = 24;

    /** Hours that are kept, the present one included. */
    public static final int HOURS = DAYS * HOURS_PER_DAY;

    /** The most countries of a day; further ones are left out. */
    public static final int MAX_COUNTRIES = 64;

    public static final TopicWindows EMPTY = new TopicWindows(new TreeMap<>(), new TreeMap<>());

    private static final int SECONDS_PER_HOUR = Math.toIntExact(Duration.ofHours(1).toSeconds());

    /**
     * The counts of one period, for each kind of topic.
     *
     * @param byKind in the order of {@link TopicKind}
     */
    public record TopicWindow(List<TopicCounts> byKind) {
        private static final TopicKind[] KINDS = TopicKind.values();

        public static final TopicWindow EMPTY =
                new TopicWindow(Collections.nCopies(KINDS.length, TopicCounts.EMPTY));

        public TopicWindow {
            byKind = List.copyOf(byKind);
        }

        /** Returns the counts of a kind. */
        @SuppressWarnings("EnumOrdinal") // the order is part of the format
        public TopicCounts of(TopicKind kind) {
            return byKind.get(kind.ordinal());
        }

        TopicWindow.Draft draft() {
            return new TopicWindow.Draft(this);
        }

        /** The mutable continuation of {@link TopicWindow}. */
        static final class Draft {
            private final TopicCounts.Draft[] byKind;

            private Draft(TopicWindow from) {
                byKind =
                        from.byKind().stream()
                                .map(TopicCounts::draft)
                                .toArray(TopicCounts.Draft[]::new);
            }

            /**
             * Adds an interaction with an item, or takes one back.
             *
             * @param most returns the most topics of a kind
             */
            void add(Item item, int sign, ToIntFunction<TopicKind> most) {
                for (int at = 0; at < KINDS.length; at++) {
                    List<String> topics = KINDS[at].of(item);
                    for (String topic : topics) {
                        byKind[at].add(
                                topic, sign * share(topics.size()), most.applyAsInt(KINDS[at]));
                    }
                }
            }

            TopicWindow seal() {
                return new TopicWindow(Arrays.stream(byKind).map(TopicCounts.Draft::seal).toList());
            }
        }

        /** Returns the units of each of so many topics. */
        static long share(int topics) {
            return Math.round((double) TopicCounts.UNITS / topics);
        }
    }

    public TopicWindows {
        hours = Collections.unmodifiableSortedMap(new TreeMap<>(hours));
        countries = Collections.unmodifiableSortedMap(new TreeMap<>(countries));
    }

    /** Returns the number of the hour that a time is in. */
    public static int hour(long epochSeconds) {
        return Math.toIntExact(Math.floorDiv(epochSeconds, SECONDS_PER_HOUR));
    }

    /** Returns a mutable continuation. */
    public TopicWindows.Draft draft() {
        return new TopicWindows.Draft(this);
    }

    /**
     * The mutable continuation of {@link TopicWindows}; copies each changed window once.
     *
     * <p>A window from which everything was taken back stays until it is too old: whether it is
     * known must not depend on how examples are cut into batches.
     */
    public static final class Draft {
        private final TreeMap<Integer, TopicWindow.Draft> changedHours = new TreeMap<>();
        private final TreeMap<Integer, TreeMap<String, TopicWindow.Draft>> changedCountries =
                new TreeMap<>();
        private TopicWindows from;
        private int newest;

        private Draft(TopicWindows from) {
            this.from = from;
            newest = from.hours.isEmpty() ? Integer.MIN_VALUE / 2 : from.hours.lastKey();
        }

        /**
         * Adds an interaction, or takes one back. What is older than the hours that are kept is
         * left out.
         *
         * @param country ISO 3166-1 alpha-2, or null where it is unknown
         * @param sign 1 or −1
         */
        public void add(Item item, long epochSeconds, @Nullable String country, int sign) {
            int hour = hour(epochSeconds);
            if (hour <= newest - HOURS || (sign < 0 && !isKnown(hour))) {
                return;
            }
            newest = Math.max(newest, hour);
            changedHours
                    .computeIfAbsent(
                            hour,
                            number -> from.hours.getOrDefault(number, TopicWindow.EMPTY).draft())
                    .add(item, sign, TopicKind::mostInHour);
            if (country != null) {
                add(item, Math.floorDiv(hour, HOURS_PER_DAY), country, sign);
            }
        }

        private boolean isKnown(int hour) {
            return from.hours.containsKey(hour) || changedHours.containsKey(hour);
        }

        private void add(Item item, int day, String country, int sign) {
            SortedMap<String, TopicWindow> known =
                    from.countries.getOrDefault(day, Collections.emptySortedMap());
            TreeMap<String, TopicWindow.Draft> changed =
                    changedCountries.computeIfAbsent(day, number -> new TreeMap<>());
            boolean isNew = !known.containsKey(country) && !changed.containsKey(country);
            long added = changed.keySet().stream().filter(one -> !known.containsKey(one)).count();
            if (isNew && (sign < 0 || known.size() + added >= MAX_COUNTRIES)) {
                return;
            }
            changed.computeIfAbsent(
                            country, name -> known.getOrDefault(name, TopicWindow.EMPTY).draft())
                    .add(item, sign, TopicKind::mostInCountry);
        }

        /** Returns the content as an immutable value; this draft can be continued. */
        public TopicWindows seal() {
            if (changedHours.isEmpty()) {
                return from;
            }
            TreeMap<Integer, TopicWindow> hours = new TreeMap<>(from.hours);
            changedHours.forEach((hour, draft) -> hours.put(hour, draft.seal()));
            TreeMap<Integer, SortedMap<String, TopicWindow>> days = new TreeMap<>(from.countries);
            changedCountries.forEach(
                    (day, drafts) -> {
                        TreeMap<String, TopicWindow> countries =
                                new TreeMap<>(days.getOrDefault(day, Collections.emptySortedMap()));
                        drafts.forEach((name, draft) -> countries.put(name, draft.seal()));
                        days.put(day, Collections.unmodifiableSortedMap(countries));
                        if (countries.isEmpty()) {
                            days.remove(day);
                        }
                    });
            hours.headMap(newest - HOURS, true).clear();
            days.headMap(Math.floorDiv(newest, HOURS_PER_DAY) - DAYS, true).clear();
            from = new TopicWindows(hours, days);
            changedHours.clear();
            changedCountries.clear();
            return from;
        }
    }
}
