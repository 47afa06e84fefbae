package dev.freshet.model.basket;

import dev.freshet.example.ModelTime;
import dev.freshet.model.basket.BasketChange.Opinion;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.settings.ModelSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The merge of two baskets that turned out to belong to one user. */
final class MergedEntries {
    /** One event in the form of {@link CountedEvents}. */
    private record Marked(int item, int time, int mark) {}

    private final List<Opinion> opinions = new ArrayList<>();
    private final List<Marked> earlierMarked = new ArrayList<>();
    private final int[] entries;
    private final int[] past;
    private final int[] earlier;

    /**
     * Merges two baskets. The result has one entry per item, with the sums of strengths and events,
     * the later of the two counted events, and the rating of the later interaction. Entries are
     * ordered by latest interaction, for equal times those of {@code moved} first; the latest
     * {@link ModelSettings#BASKET_ENTRIES} are kept, those before become past ones. Popularity does
     * not change. Of the kept items, the latest {@value CountedEvents#MOST} counted events are
     * recorded besides those in the entries.
     *
     * @param moved the entries of one user, with the past ones
     * @param into those of the other
     */
    MergedEntries(int[] moved, int[] movedEarlier, int[] into, int[] intoEarlier) {
        for (int[] one : List.of(movedEarlier, intoEarlier)) {
            for (int at = 0; at < CountedEvents.size(one); at++) {
                earlierMarked.add(
                        new Marked(
                                CountedEvents.item(one, at),
                                CountedEvents.time(one, at),
                                CountedEvents.mark(one, at)));
            }
        }
        Map<Integer, int[]> byItem = new LinkedHashMap<>();
        for (int[] basket : List.of(moved, into)) {
            for (int at = 0; at < BasketEntries.size(basket); at++) {
                int[] entry = BasketEntries.only(basket, at);
                byItem.merge(BasketEntries.item(basket, at), entry, this::join);
            }
        }
        int[] all =
                byItem.values().stream()
                        .sorted(
                                Comparator.comparingInt(
                                        entry -> BasketEntries.lastInteractionAt(entry, 0)))
                        .flatMapToInt(Arrays::stream)
                        .toArray();
        int kept = Math.min(byItem.size(), ModelSettings.BASKET_ENTRIES) * BasketEntries.WIDTH;
        entries = Arrays.copyOfRange(all, all.length - kept, all.length);
        int now =
                byItem.isEmpty()
                        ? ModelTime.NEVER
                        : BasketEntries.lastInteractionAt(all, byItem.size() - 1);
        past = PastEntries.counting(Arrays.copyOf(all, all.length - kept), now);
        earlier = earlierOf(entries);
    }

    int[] entries() {
        return entries;
    }

    /** Returns the entries before these that still count for others ({@link PastEntries}). */
    int[] past() {
        return past;
    }

    /**
     * Returns the counted events besides those in the entries, in the form of {@link
     * CountedEvents}.
     */
    int[] earlier() {
        return earlier;
    }

    /**
     * Returns the opinions that are no longer part of any basket: where both baskets rated an item,
     * the rating of the earlier interaction; where both liked it, one like.
     */
    List<Opinion> opinions() {
        return opinions;
    }

    private int[] earlierOf(int[] merged) {
        int[] counted = BasketEntries.NONE;
        earlierMarked.sort(Comparator.comparingInt(Marked::time));
        for (Marked one : earlierMarked) {
            if (BasketEntries.find(merged, one.item()) >= 0) {
                counted = CountedEvents.append(counted, one.item(), one.time(), one.mark());
            }
        }
        return counted;
    }

    private int[] join(int[] a, int[] b) {
        boolean aCounted = BasketEntries.countedAt(a, 0) != ModelTime.NEVER;
        boolean bCounted = BasketEntries.countedAt(b, 0) != ModelTime.NEVER;
        boolean countedLater =
                aCounted
                        && (!bCounted
                                || BasketEntries.countedAt(a, 0) > BasketEntries.countedAt(b, 0));
        int[] counted = countedLater ? a : b;
        int[] before = countedLater ? b : a;
        if (aCounted && bCounted) {
            earlierMarked.add(
                    new Marked(
                            BasketEntries.item(before, 0),
                            BasketEntries.countedAt(before, 0),
                            BasketEntries.mark(before, 0)));
        }
        return BasketEntries.append(
                BasketEntries.NONE,
                BasketEntries.item(a, 0),
                Math.max(
                        BasketEntries.lastInteractionAt(a, 0),
                        BasketEntries.lastInteractionAt(b, 0)),
                BasketEntries.pack(
                        BasketEntries.units(a, 0) + BasketEntries.units(b, 0),
                        BasketEntries.events(a, 0) + BasketEntries.events(b, 0),
                        rating(a, b),
                        liked(a, b)),
                BasketEntries.countedAt(counted, 0),
                BasketEntries.mark(counted, 0));
    }

    private boolean liked(int[] a, int[] b) {
        if (BasketEntries.liked(a, 0) && BasketEntries.liked(b, 0)) {
            opinions.add(new Opinion(BasketEntries.item(a, 0), 0, 0, -1));
        }
        return BasketEntries.liked(a, 0) || BasketEntries.liked(b, 0);
    }

    private int rating(int[] a, int[] b) {
        boolean aLater =
                BasketEntries.lastInteractionAt(a, 0) > BasketEntries.lastInteractionAt(b, 0);
        int first = BasketEntries.halfStars(aLater ? a : b, 0);
        int second = BasketEntries.halfStars(aLater ? b : a, 0);
        if (first > 0 && second > 0) {
            opinions.add(new Opinion(BasketEntries.item(a, 0), second, 0, 0));
        }
        return first > 0 ? first : second;
    }
}
