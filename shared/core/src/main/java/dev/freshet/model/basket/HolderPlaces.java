package dev.freshet.model.basket;

import dev.freshet.model.popularity.CountryDevice;
import dev.freshet.model.rows.Refs;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * For each item, where the people are who hold it: the number of baskets by the place of the latest
 * counted event of their entry. Each basket counts at one place, so the number of a country or
 * device is at most the number of different people there, and never more. 8 B for each place of an
 * item. It follows from the entries of the baskets and is not part of snapshots.
 */
final class HolderPlaces {
    private static final int WIDTH = 2;
    private static final int COUNTRY_SHIFT = 3;
    private static final int DEVICES = (1 << COUNTRY_SHIFT) - 1;

    private HolderPlaces() {}

    /**
     * Returns whether at least k of the baskets are at a place that matches.
     *
     * @param places pairs of a {@link CountryDevice} and a number of baskets
     * @param wanted a {@link CountryDevice} of a country or of a device alone
     */
    static boolean hasPeople(int[] places, int wanted, int k) {
        int mask = wanted > DEVICES ? -1 << COUNTRY_SHIFT : DEVICES;
        int people = 0;
        for (int at = 0; at < places.length && people < k; at += WIDTH) {
            people += (places[at] & mask) == wanted ? places[at + 1] : 0;
        }
        return people >= k;
    }

    /** Adds a number to that of an item at a place. */
    static void add(Refs.Draft<int[]> byItem, int item, int place, int amount) {
        int[] known = byItem.get(item);
        int[] before = known == null ? new int[0] : known;
        for (int at = 0; at < before.length; at += WIDTH) {
            if (before[at] == place) {
                byItem.set(item, changed(before, at, amount));
                return;
            }
        }
        int[] more = Arrays.copyOf(before, before.length + WIDTH);
        more[before.length] = place;
        more[before.length + 1] = amount;
        byItem.set(item, more);
    }

    private static int @Nullable [] changed(int[] before, int at, int amount) {
        if (before[at + 1] + amount != 0) {
            int[] changed = before.clone();
            changed[at + 1] += amount;
            return changed;
        }
        if (before.length == WIDTH) {
            return null;
        }
        int[] fewer = new int[before.length - WIDTH];
        System.arraycopy(before, 0, fewer, 0, at);
        System.arraycopy(before, at + WIDTH, fewer, at, fewer.length - at);
        return fewer;
    }
}
