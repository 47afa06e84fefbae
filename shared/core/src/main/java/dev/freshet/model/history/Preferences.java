package dev.freshet.model.history;

import dev.freshet.event.Target;
import dev.freshet.example.ModelTime;
import dev.freshet.features.History;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.SessionItem;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a reader met, as the model sees it: item indexes, newest first, one entry per item. A
 * reader's vector by fold-in will be worked out from it.
 *
 * @param items liked on balance, newest first, ≤ {@value #MOST_ITEMS}
 * @param strengths as long: the sum over the item's events, 0 &lt; s ≤ {@value #MOST_STRENGTH}
 * @param epochSeconds as long: when each was last met
 * @param disliked items of negative sum, newest first, ≤ {@value #MOST_ITEMS}
 * @param ignored shown lately and not met, latest first, ≤ {@value #MOST_ITEMS}
 * @param showings as long: how often each was shown, 1 to {@value #MOST_SHOWINGS}
 * @param authors followed or liked as such
 * @param tags likewise
 * @param interactions distinct items met in all, of either sign, also those that the model has not
 *     heard of
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; nobody changes them
public record Preferences(
        int[] items,
        float[] strengths,
        long[] epochSeconds,
        int[] disliked,
        int[] ignored,
        float[] showings,
        Set<String> authors,
        Set<String> tags,
        int interactions) {
    public static final int MOST_ITEMS = 100;
    public static final float MOST_STRENGTH = 8;

    /** Being shown more often than this says no more. */
    public static final int MOST_SHOWINGS = 5;

    private static final double[] FADING = new double[MOST_ITEMS];

    static {
        for (int rank = 0; rank < FADING.length; rank++) {
            FADING[rank] = StrictMath.pow(2, -rank / 30.0);
        }
    }

    /** Nobody, or somebody who did nothing yet. */
    public static final Preferences NONE =
            new Preferences(
                    new int[0],
                    new float[0],
                    new long[0],
                    new int[0],
                    new int[0],
                    new float[0],
                    Set.of(),
                    Set.of(),
                    0);

    private static final Comparator<Map.Entry<String, UserProfile.Shown>> LATEST_SHOWN_FIRST =
            Comparator.comparing(
                            (Map.Entry<String, UserProfile.Shown> entry) -> entry.getValue().last())
                    .reversed()
                    .thenComparing(Map.Entry::getKey);

    public Preferences {
        authors = Set.copyOf(authors);
        tags = Set.copyOf(tags);
    }

    /**
     * The taste of a reader with these rows and, beside them, what the request says was done in
     * this session: worth 1, or −1 for a dislike or hide.
     */
    public static Preferences of(ItemTable items, History history, List<SessionItem> session) {
        return of(items, history, session, Map.of());
    }

    /**
     * The same, with what was shown to the reader: an item that was shown and not met says a little
     * against what it is about.
     *
     * @param shown by item id
     */
    public static Preferences of(
            ItemTable items,
            History history,
            List<SessionItem> session,
            Map<String, UserProfile.Shown> shown) {
        return of(items, UserAction.newestFirst(history, session), shown);
    }

    /**
     * The taste of a reader of whom only the basket is known: nothing of authors and tags followed,
     * nor of what was shown in vain.
     */
    public static Preferences of(int[] basket) {
        int[] order = latestFirst(basket);
        int[] items = new int[Math.min(MOST_ITEMS, order.length)];
        float[] strengths = new float[items.length];
        long[] times = new long[items.length];
        int[] disliked = new int[items.length];
        int liked = 0;
        int hated = 0;
        for (int at : order) {
            float strength = BasketEntries.strength(basket, at);
            if (strength > 0 && liked < MOST_ITEMS) {
                items[liked] = BasketEntries.item(basket, at);
                strengths[liked] = Math.min(MOST_STRENGTH, strength);
                times[liked++] =
                        ModelTime.epochSeconds(BasketEntries.lastInteractionAt(basket, at));
            } else if (strength < 0 && hated < MOST_ITEMS) {
                disliked[hated++] = BasketEntries.item(basket, at);
            }
        }
        return new Preferences(
                Arrays.copyOf(items, liked),
                Arrays.copyOf(strengths, liked),
                Arrays.copyOf(times, liked),
                Arrays.copyOf(disliked, hated),
                new int[0],
                new float[0],
                Set.of(),
                Set.of(),
                order.length);
    }

    /** Positions by last meeting, latest first; of equal times the later joined first. */
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
     * The taste of who did this, and was shown that.
     *
     * @param newestFirst what the user did, newest first
     */
    public static Preferences of(
            ItemTable table, List<UserAction> newestFirst, Map<String, UserProfile.Shown> shown) {
        Map<String, Double> strengths = new LinkedHashMap<>();
        Map<String, Instant> last = new LinkedHashMap<>();
        Map<Target, Double> others = new LinkedHashMap<>();
        for (UserAction action : newestFirst) {
            if (action.target().isItem()) {
                strengths.merge(action.target().id(), action.strength(), Double::sum);
                last.putIfAbsent(action.target().id(), action.at());
            } else {
                others.merge(action.target(), action.strength(), Double::sum);
            }
        }
        List<String> liked = known(table, strengths, true);
        int[] items = liked.stream().mapToInt(table::index).toArray();
        float[] sums = new float[items.length];
        long[] times = new long[items.length];
        for (int rank = 0; rank < items.length; rank++) {
            String id = liked.get(rank);
            sums[rank] = (float) Math.min(MOST_STRENGTH, strengths.getOrDefault(id, 0.0));
            times[rank] = last.getOrDefault(id, Instant.EPOCH).getEpochSecond();
        }
        List<Map.Entry<String, UserProfile.Shown>> inVain =
                shown.entrySet().stream()
                        .filter(entry -> !strengths.containsKey(entry.getKey()))
                        .filter(entry -> table.index(entry.getKey()) >= 0)
                        .sorted(LATEST_SHOWN_FIRST)
                        .limit(MOST_ITEMS)
                        .toList();
        int[] ignored = new int[inVain.size()];
        float[] showings = new float[inVain.size()];
        for (int at = 0; at < ignored.length; at++) {
            ignored[at] = table.index(inVain.get(at).getKey());
            showings[at] = Math.clamp(inVain.get(at).getValue().count(), 1, MOST_SHOWINGS);
        }
        int[] disliked = known(table, strengths, false).stream().mapToInt(table::index).toArray();
        return new Preferences(
                items,
                sums,
                times,
                disliked,
                ignored,
                showings,
                liked(others, Target.Kind.AUTHOR),
                liked(others, Target.Kind.TAG),
                strengths.size());
    }

    /** The taste of somebody who met nothing but this item. */
    public static Preferences ofItem(int item) {
        return new Preferences(
                new int[] {item},
                new float[] {1},
                new long[] {0},
                new int[0],
                new int[0],
                new float[0],
                Set.of(),
                Set.of(),
                1);
    }

    /** The liked items as a set: each is worth 1. */
    public IntFloats own() {
        float[] ones = new float[items.length];
        Arrays.fill(ones, 1);
        return IntFloats.ofDistinct(items.clone(), ones);
    }

    public boolean isEmpty() {
        return items.length == 0;
    }

    public int size() {
        return items.length;
    }

    public HistoryLength historyLength() {
        return HistoryLength.of(interactions);
    }

    /**
     * How much an item says of the reader: the root of its strength, halved every 30 items back.
     */
    public float weight(int rank) {
        return (float) (Math.sqrt(strengths[rank]) * FADING[rank]);
    }

    private static List<String> known(
            ItemTable table, Map<String, Double> strengths, boolean positive) {
        return strengths.entrySet().stream()
                .filter(entry -> positive ? entry.getValue() > 0 : entry.getValue() < 0)
                .map(Map.Entry::getKey)
                .filter(id -> table.index(id) >= 0)
                .limit(MOST_ITEMS)
                .toList();
    }

    private static Set<String> liked(Map<Target, Double> others, Target.Kind kind) {
        Set<String> ids = new HashSet<>();
        others.forEach(
                (target, strength) -> {
                    if (target.kind() == kind && strength > 0) {
                        ids.add(target.id());
                    }
                });
        return ids;
    }
}
