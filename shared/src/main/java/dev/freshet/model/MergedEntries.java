package dev.freshet.model;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins two baskets of what turned out to be one person. */
final class MergedEntries {
    private MergedEntries() {}

    /**
     * One entry per item, strengths and events summed, the later counted event and the rating of
     * the later meeting kept; ordered by last meeting (of equal times {@code moved} first); the
     * latest {@link ModelSettings#BASKET_ENTRIES}. What was counted for popularity stays counted.
     */
    static int[] of(int[] moved, int[] kept) {
        Map<Integer, int[]> byItem = new LinkedHashMap<>();
        for (int[] basket : List.of(moved, kept)) {
            for (int at = 0; at < Entries.size(basket); at++) {
                int[] entry =
                        Entries.append(
                                Entries.NONE,
                                Entries.item(basket, at),
                                Entries.lastMet(basket, at),
                                Entries.countedAt(basket, at),
                                Entries.packed(basket, at));
                byItem.merge(Entries.item(basket, at), entry, MergedEntries::join);
            }
        }
        List<int[]> latest =
                byItem.values().stream()
                        .sorted(Comparator.comparingInt(entry -> Entries.lastMet(entry, 0)))
                        .skip(Math.max(0, byItem.size() - ModelSettings.BASKET_ENTRIES))
                        .toList();
        int[] merged = new int[latest.size() * Entries.WIDTH];
        for (int at = 0; at < latest.size(); at++) {
            System.arraycopy(latest.get(at), 0, merged, at * Entries.WIDTH, Entries.WIDTH);
        }
        return merged;
    }

    private static int[] join(int[] a, int[] b) {
        boolean countedLater =
                Entries.countedAt(a, 0) != ModelTime.NEVER
                        && (Entries.countedAt(b, 0) == ModelTime.NEVER
                                || Entries.countedAt(a, 0) > Entries.countedAt(b, 0));
        int[] counted = countedLater ? a : b;
        boolean aLater = Entries.lastMet(a, 0) > Entries.lastMet(b, 0);
        int first = Entries.halfStars(aLater ? a : b, 0);
        int second = Entries.halfStars(aLater ? b : a, 0);
        return Entries.append(
                Entries.NONE,
                Entries.item(a, 0),
                Math.max(Entries.lastMet(a, 0), Entries.lastMet(b, 0)),
                Entries.countedAt(counted, 0),
                Entries.pack(
                        Entries.units(a, 0) + Entries.units(b, 0),
                        Entries.events(a, 0) + Entries.events(b, 0),
                        first > 0 ? first : second,
                        Entries.countedType(counted, 0)));
    }
}
