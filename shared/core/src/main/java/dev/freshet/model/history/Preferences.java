package dev.freshet.model.history;

import dev.freshet.event.Target;
import dev.freshet.example.ModelTime;
import dev.freshet.features.History;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntArrays;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.profile.AttributeRules.Cohort;
import dev.freshet.profile.AttributeRules.StatedInterest;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.RecommendationQuery.SessionItem;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user's preferences: the items that the user interacted with, by dense index, newest first, one
 * entry per item, and the authors and tags that the user follows. Every signal and candidate source
 * about a user reads them; the user's vector for matrix factorization is folded in from the liked
 * items ({@code dev.freshet.model.vectors.Factors}).
 *
 * @param items items liked on balance, newest first, ≤ {@value #MAX_ITEMS}
 * @param strengths parallel to {@code items}: sum over the item's events, 0 &lt; s ≤ {@value
 *     #MAX_STRENGTH}
 * @param epochSeconds parallel to {@code items}: time of the latest interaction
 * @param events parallel to {@code items}: number of interactions, 1 to {@value #MAX_EVENTS}
 * @param gaps parallel to {@code items}: mean seconds from one day with the item to the next; 0
 *     where it was one day
 * @param session which of the items are of the session that the user is in
 * @param latest items interacted with, of either sign, newest first, ≤ {@value #MAX_LATEST}
 * @param disliked items of negative sum, newest first, ≤ {@value #MAX_ITEMS}
 * @param ignored items shown recently without an interaction, latest first, ≤ {@value #MAX_ITEMS}
 * @param showings parallel to {@code ignored}: how often each was shown, 1 to {@value
 *     #MAX_SHOWINGS}
 * @param authors ids of authors followed or liked
 * @param tags tags followed or liked
 * @param interactions number of distinct items interacted with, of either sign, including items
 *     that are unknown to the model
 * @param cohorts the cohorts of the user; empty where none is known
 * @param interests what the user likes by the statement of the site
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; never modified
public record Preferences(
        int[] items,
        float[] strengths,
        long[] epochSeconds,
        int[] events,
        int[] gaps,
        CurrentSession session,
        int[] latest,
        int[] disliked,
        int[] ignored,
        float[] showings,
        Set<String> authors,
        Set<String> tags,
        int interactions,
        List<Cohort> cohorts,
        List<StatedInterest> interests) {
    /** The largest number of liked, of disliked and of ignored items. */
    public static final int MAX_ITEMS = 100;

    /** The largest number of {@link #latest} items. */
    public static final int MAX_LATEST = 20;

    /** The upper bound of a liked item's strength. */
    public static final float MAX_STRENGTH = 8;

    /** The upper bound of {@link #events}. */
    public static final int MAX_EVENTS = 255;

    /** The upper bound of {@link #showings}; further showings carry no more information. */
    public static final int MAX_SHOWINGS = 5;

    private static final double[] RANK_DECAY = new double[MAX_ITEMS];

    static {
        for (int rank = 0; rank < RANK_DECAY.length; rank++) {
            RANK_DECAY[rank] = StrictMath.pow(2, -rank / 30.0);
        }
    }

    /** The preferences of an unknown user, or of a user without interactions. */
    public static final Preferences NONE = of(IntArrays.NONE);

    private static final Comparator<Map.Entry<String, UserProfile.Shown>> LATEST_SHOWN_FIRST =
            Comparator.comparing(
                            (Map.Entry<String, UserProfile.Shown> entry) -> entry.getValue().last())
                    .reversed()
                    .thenComparing(Map.Entry::getKey);

    public Preferences {
        authors = Set.copyOf(authors);
        tags = Set.copyOf(tags);
        cohorts = List.copyOf(cohorts);
        interests = List.copyOf(interests);
    }

    /** Returns the same preferences of a user of these cohorts and interests. */
    public Preferences of(List<Cohort> ofCohorts, List<StatedInterest> liked) {
        if (ofCohorts.equals(cohorts) && liked.equals(interests)) {
            return this;
        }
        return new Preferences(
                items,
                strengths,
                epochSeconds,
                events,
                gaps,
                session,
                latest,
                disliked,
                ignored,
                showings,
                authors,
                tags,
                interactions,
                ofCohorts,
                liked);
    }

    /**
     * Returns the preferences of a user with these rows and with the interactions of the current
     * session that the request supplies. A session interaction has strength 1, or −1 for a dislike
     * or hide.
     */
    public static Preferences of(ItemTable items, History history, List<SessionItem> session) {
        return of(items, UserAction.newestFirst(history, session, null), Map.of(), null);
    }

    /** Returns the preferences of a user of whom only the latest days with the items are known. */
    public static Preferences of(int[] basket) {
        return of(basket, new ItemDays());
    }

    /**
     * Returns the preferences of a user of whom only the basket is known: without authors, tags and
     * ignored items.
     *
     * @param days of interactions with its items
     */
    public static Preferences of(int[] basket, ItemDays days) {
        int[] order = latestFirst(basket);
        int[] items = new int[Math.min(MAX_ITEMS, order.length)];
        float[] strengths = new float[items.length];
        long[] times = new long[items.length];
        int[] events = new int[items.length];
        int[] gaps = new int[items.length];
        int[] disliked = new int[items.length];
        int liked = 0;
        int dislikedCount = 0;
        for (int at : order) {
            float strength = BasketEntries.strength(basket, at);
            if (strength > 0 && liked < MAX_ITEMS) {
                items[liked] = BasketEntries.item(basket, at);
                strengths[liked] = Math.min(MAX_STRENGTH, strength);
                events[liked] = Math.max(1, BasketEntries.events(basket, at));
                gaps[liked] = days.gap(items[liked]);
                times[liked++] =
                        ModelTime.epochSeconds(BasketEntries.lastInteractionAt(basket, at));
            } else if (strength < 0 && dislikedCount < MAX_ITEMS) {
                disliked[dislikedCount++] = BasketEntries.item(basket, at);
            }
        }
        return new Preferences(
                Arrays.copyOf(items, liked),
                Arrays.copyOf(strengths, liked),
                Arrays.copyOf(times, liked),
                Arrays.copyOf(events, liked),
                Arrays.copyOf(gaps, liked),
                CurrentSession.ofTimes(Arrays.copyOf(times, liked)),
                Arrays.stream(order)
                        .limit(MAX_LATEST)
                        .map(at -> BasketEntries.item(basket, at))
                        .toArray(),
                Arrays.copyOf(disliked, dislikedCount),
                IntArrays.NONE,
                new float[0],
                Set.of(),
                Set.of(),
                order.length,
                List.of(),
                List.of());
    }

    /**
     * Returns the entry positions by latest interaction, latest first; of equal times the entry
     * added later comes first.
     */
    private static int[] latestFirst(int[] basket) {
        long[] keys = new long[BasketEntries.size(basket)];
        for (int at = 0; at < keys.length; at++) {
            keys[at] = (long) BasketEntries.lastInteractionAt(basket, at) << 32 | at;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int rank = 0; rank < order.length; rank++) {
            order[rank] = (int) keys[keys.length - 1 - rank];
        }
        return order;
    }

    /**
     * Returns the preferences that follow from a user's actions and showings.
     *
     * @param newestFirst the user's actions, newest first
     * @param shown showings by item id
     * @param sessionId the session that the request is of, or null where it does not say so
     */
    public static Preferences of(
            ItemTable table,
            List<UserAction> newestFirst,
            Map<String, UserProfile.Shown> shown,
            @Nullable String sessionId) {
        Map<String, Double> strengths = new LinkedHashMap<>();
        Map<String, Instant> last = new LinkedHashMap<>();
        Map<Target, Double> authorsAndTags = new LinkedHashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        ItemDays days = new ItemDays();
        for (UserAction action : newestFirst) {
            if (action.target().isItem()) {
                String id = action.target().id();
                strengths.merge(id, action.strength(), Double::sum);
                last.putIfAbsent(id, action.at());
                counts.merge(id, 1, Integer::sum);
                int item = action.strength() > 0 ? table.index(id) : -1;
                if (item >= 0) {
                    days.add(item, action.at().getEpochSecond());
                }
            } else {
                authorsAndTags.merge(action.target(), action.strength(), Double::sum);
            }
        }
        List<String> liked = known(table, strengths, true);
        int[] items = liked.stream().mapToInt(table::index).toArray();
        float[] sums = new float[items.length];
        long[] times = new long[items.length];
        int[] events = new int[items.length];
        int[] gaps = new int[items.length];
        for (int rank = 0; rank < items.length; rank++) {
            String id = liked.get(rank);
            sums[rank] = (float) Math.min(MAX_STRENGTH, strengths.getOrDefault(id, 0.0));
            times[rank] = last.getOrDefault(id, Instant.EPOCH).getEpochSecond();
            events[rank] = Math.min(MAX_EVENTS, counts.getOrDefault(id, 1));
            gaps[rank] = days.gap(items[rank]);
        }
        List<Map.Entry<String, UserProfile.Shown>> shownOnly =
                shown.entrySet().stream()
                        .filter(entry -> !strengths.containsKey(entry.getKey()))
                        .filter(entry -> table.index(entry.getKey()) >= 0)
                        .sorted(LATEST_SHOWN_FIRST)
                        .limit(MAX_ITEMS)
                        .toList();
        int[] ignored = new int[shownOnly.size()];
        float[] showings = new float[shownOnly.size()];
        for (int at = 0; at < ignored.length; at++) {
            ignored[at] = table.index(shownOnly.get(at).getKey());
            showings[at] = Math.clamp(shownOnly.get(at).getValue().count(), 1, MAX_SHOWINGS);
        }
        int[] disliked = known(table, strengths, false).stream().mapToInt(table::index).toArray();
        return new Preferences(
                items,
                sums,
                times,
                events,
                gaps,
                CurrentSession.of(newestFirst, liked, sessionId),
                latest(table, strengths.keySet()),
                disliked,
                ignored,
                showings,
                liked(authorsAndTags, Target.Kind.AUTHOR),
                liked(authorsAndTags, Target.Kind.TAG),
                strengths.size(),
                List.of(),
                List.of());
    }

    /** Returns the preferences of a user whose only interaction is with this item. */
    public static Preferences ofItem(int item) {
        int packed = BasketEntries.pack(BasketEntries.units(1), 1, 0, false);
        return of(BasketEntries.append(IntArrays.NONE, item, 0, packed, ModelTime.NEVER, 0));
    }

    /** Returns the liked items by rank. */
    public IntIndex ranks() {
        return IntIndex.of(items);
    }

    /** Returns the liked items as a sparse vector of ones. */
    public IntFloats own() {
        float[] ones = new float[items.length];
        Arrays.fill(ones, 1);
        return IntFloats.ofDistinct(items.clone(), ones);
    }

    /** Returns whether there is no liked item. */
    public boolean isEmpty() {
        return items.length == 0;
    }

    /** Returns the number of liked items. */
    public int size() {
        return items.length;
    }

    /** Returns the class of the number of distinct items. */
    public HistoryLength historyLength() {
        return HistoryLength.of(interactions);
    }

    /**
     * Returns the weight of a liked item in the user's profile: the square root of its strength,
     * halved every 30 items back.
     */
    public float weight(int rank) {
        return (float) (Math.sqrt(strengths[rank]) * RANK_DECAY[rank]);
    }

    private static List<String> known(
            ItemTable table, Map<String, Double> strengths, boolean positive) {
        return strengths.entrySet().stream()
                .filter(entry -> positive ? entry.getValue() > 0 : entry.getValue() < 0)
                .map(Map.Entry::getKey)
                .filter(id -> table.index(id) >= 0)
                .limit(MAX_ITEMS)
                .toList();
    }

    private static int[] latest(ItemTable table, Set<String> newestFirst) {
        return newestFirst.stream()
                .mapToInt(table::index)
                .filter(item -> item >= 0)
                .limit(MAX_LATEST)
                .toArray();
    }

    private static Set<String> liked(Map<Target, Double> authorsAndTags, Target.Kind kind) {
        Set<String> ids = new HashSet<>();
        authorsAndTags.forEach(
                (target, strength) -> {
                    if (target.kind() == kind && strength > 0) {
                        ids.add(target.id());
                    }
                });
        return ids;
    }

    /**
     * The days on which a user interacted with each item, as far as they tell how long the user
     * usually waits: the first time, the last time, and the number of days. 20 B an item.
     */
    public static final class ItemDays {
        private final IntIndex items = new IntIndex(16);
        private long[] first = new long[16];
        private long[] last = new long[16];
        private int[] days = new int[16];

        /**
         * Adds an interaction; a second one of a day counts only where it follows one of another
         * day.
         *
         * @param epochSeconds time of the interaction
         */
        public void add(int item, long epochSeconds) {
            boolean known = items.order(item) >= 0;
            int order = items.orderOrInsert(item);
            if (order >= days.length) {
                first = Arrays.copyOf(first, 2 * order);
                last = Arrays.copyOf(last, 2 * order);
                days = Arrays.copyOf(days, 2 * order);
            }
            if (!known) {
                first[order] = epochSeconds;
                last[order] = epochSeconds;
                days[order] = 1;
                return;
            }
            boolean outside =
                    day(epochSeconds) < day(first[order]) || day(epochSeconds) > day(last[order]);
            days[order] += outside ? 1 : 0;
            first[order] = Math.min(first[order], epochSeconds);
            last[order] = Math.max(last[order], epochSeconds);
        }

        /**
         * Returns the mean seconds from one day with an item to the next; 0 where it was one day.
         */
        public int gap(int item) {
            int order = items.order(item);
            return order < 0 || days[order] < 2
                    ? 0
                    : (int)
                            Math.min(
                                    Integer.MAX_VALUE,
                                    (last[order] - first[order]) / (days[order] - 1));
        }

        private static long day(long epochSeconds) {
            return Math.floorDiv(epochSeconds, ModelTime.SECONDS_PER_DAY);
        }
    }
}
