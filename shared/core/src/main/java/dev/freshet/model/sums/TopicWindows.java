package dev.freshet.model.sums;

import dev.freshet.catalog.Item;
import dev.freshet.model.part.CountedEvent;
import dev.freshet.model.part.FoldContext;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    /** The part of the model. */
    public static final ModelPart<TopicWindows> PART =
            new ModelPart<>(13, EMPTY, TopicWindows::draft, (bounds, items) -> AudienceForm.TOPICS);

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
    public static final class Draft implements PartDraft<TopicWindows> {
        private final Drafts<Integer, TopicWindow, TopicWindow.Draft> hours;
        private final Drafts<
                        Integer,
                        SortedMap<String, TopicWindow>,
                        Drafts<String, TopicWindow, TopicWindow.Draft>>
                countries;

        private Draft(TopicWindows from) {
            hours = windows(from.hours);
            countries =
                    new Drafts<>(
                            from.countries,
                            day -> Collections.emptySortedMap(),
                            Draft::windows,
                            Drafts::seal);
        }

        private static <K extends Comparable<K>> Drafts<K, TopicWindow, TopicWindow.Draft> windows(
                SortedMap<K, TopicWindow> from) {
            return new Drafts<>(
                    from, key -> TopicWindow.EMPTY, TopicWindow::draft, TopicWindow.Draft::seal);
        }

        private int newest() {
            return hours.newest(Integer.MIN_VALUE / 2);
        }

        @Override
        public void count(CountedEvent event, int sign, FoldContext model) {
            Item known = model.catalogued(event.item());
            if (known != null) {
                add(known, event.epochSeconds(), event.country(), sign);
            }
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
            if (hour <= newest() - HOURS || (sign < 0 && !hours.has(hour))) {
                return;
            }
            hours.of(hour).add(item, sign, TopicKind::mostInHour);
            if (country != null) {
                Drafts<String, TopicWindow, TopicWindow.Draft> ofDay =
                        countries.of(Math.floorDiv(hour, HOURS_PER_DAY));
                TopicWindow.Draft window =
                        sign < 0 && !ofDay.has(country)
                                ? null
                                : ofDay.within(MAX_COUNTRIES, country);
                if (window != null) {
                    window.add(item, sign, TopicKind::mostInCountry);
                }
            }
        }

        /** Returns the content; a view is empty, since nothing that learns reads it. */
        @Override
        public TopicWindows content(boolean sealed) {
            if (!sealed) {
                return EMPTY;
            }
            hours.removeTo(newest() - HOURS);
            countries.removeTo(Math.floorDiv(newest(), HOURS_PER_DAY) - DAYS);
            TreeMap<Integer, SortedMap<String, TopicWindow>> days = new TreeMap<>(countries.seal());
            days.values().removeIf(Map::isEmpty);
            return new TopicWindows(hours.seal(), days);
        }
    }
}
