package dev.freshet.model.basket;

import dev.freshet.event.EventType;
import dev.freshet.example.ModelTime;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.popularity.CountryDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What of a basket was counted for popularity before its entries' latest counted meetings: on
 * earlier days, and by the other of two baskets that became one. Three ints each: the item, when,
 * and a mark (place and type). 12 B; ≤ {@value #MOST} a basket, the oldest leave first and stay
 * counted. Arrays are replaced, never changed.
 */
public final class CountedEvents {
    public static final int WIDTH = 3;
    public static final int MOST = 200;

    private static final int TYPE_BITS = EventType.NUMBER_BITS;

    /** The largest mark there is. */
    public static final int MOST_MARK = CountryDevice.MOST << TYPE_BITS | EventType.NUMBERS - 1;

    private CountedEvents() {}

    /**
     * One meeting that counts for popularity.
     *
     * @param time a {@link ModelTime}
     * @param place a {@link CountryDevice}
     */
    public record Counting(int item, int time, int place) {}

    /**
     * Packs a place and an event type into one number.
     *
     * @param place a {@link CountryDevice}
     * @param type the {@linkplain EventType#number number} of an event type
     * @throws IllegalArgumentException if one of them does not fit into its field
     */
    public static int mark(int place, int type) {
        if (place < 0 || place > CountryDevice.MOST || type < 0 || type >= EventType.NUMBERS) {
            throw new IllegalArgumentException(
                    "place %d and type %d do not fit into a mark".formatted(place, type));
        }
        return place << TYPE_BITS | type;
    }

    static int place(int mark) {
        return mark >>> TYPE_BITS;
    }

    public static int size(int[] earlier) {
        return earlier.length / WIDTH;
    }

    public static int item(int[] earlier, int at) {
        return earlier[at * WIDTH];
    }

    public static int time(int[] earlier, int at) {
        return earlier[at * WIDTH + 1];
    }

    public static int mark(int[] earlier, int at) {
        return earlier[at * WIDTH + 2];
    }

    static int type(int mark) {
        return mark & ((1 << TYPE_BITS) - 1);
    }

    /** With one more; of a full list the oldest leaves. */
    static int[] append(int[] earlier, int item, int time, int mark) {
        int from = size(earlier) < MOST ? 0 : WIDTH;
        int[] more = Arrays.copyOfRange(earlier, from, earlier.length + WIDTH);
        more[more.length - 3] = item;
        more[more.length - 2] = time;
        more[more.length - 1] = mark;
        return more;
    }

    static int[] remove(int[] earlier, int at) {
        int[] rest = new int[earlier.length - WIDTH];
        System.arraycopy(earlier, 0, rest, 0, at * WIDTH);
        System.arraycopy(earlier, (at + 1) * WIDTH, rest, at * WIDTH, rest.length - at * WIDTH);
        return rest;
    }

    /** Without those of an item. */
    static int[] without(int[] earlier, int item) {
        int[] rest = earlier;
        for (int at = size(rest) - 1; at >= 0; at--) {
            if (item(rest, at) == item) {
                rest = remove(rest, at);
            }
        }
        return rest;
    }

    /** Where the item's latest stands, or −1. */
    static int latest(int[] earlier, int item) {
        int latest = -1;
        for (int at = 0; at < size(earlier); at++) {
            if (item(earlier, at) == item
                    && (latest < 0 || time(earlier, at) >= time(earlier, latest))) {
                latest = at;
            }
        }
        return latest;
    }

    /**
     * Whether a counted event of a type and time is one that is taken back: from the same place, or
     * from one that was not kept.
     *
     * @param mark the counted event's
     * @param takenBack the other's
     */
    static boolean isOf(int mark, int takenBack) {
        return type(mark) == type(takenBack) && (place(mark) == 0 || mark == takenBack);
    }

    /** Where the one of this event stands, or −1. */
    static int find(int[] earlier, int item, int time, int takenBack) {
        for (int at = 0; at < size(earlier); at++) {
            if (item(earlier, at) == item
                    && time(earlier, at) == time
                    && isOf(mark(earlier, at), takenBack)) {
                return at;
            }
        }
        return -1;
    }

    /** All of an item's. */
    static List<Counting> of(int[] earlier, int item) {
        List<Counting> counted = new ArrayList<>();
        for (int at = 0; at < size(earlier); at++) {
            if (item(earlier, at) == item) {
                counted.add(new Counting(item, time(earlier, at), place(mark(earlier, at))));
            }
        }
        return counted;
    }

    /** Everything that a basket knows to have been counted. */
    public static List<Counting> all(int[] basket, int[] earlier) {
        List<Counting> counted = new ArrayList<>();
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            int item = BasketEntries.item(basket, at);
            if (BasketEntries.countedAt(basket, at) != ModelTime.NEVER) {
                int place = place(BasketEntries.mark(basket, at));
                counted.add(new Counting(item, BasketEntries.countedAt(basket, at), place));
            }
            counted.addAll(of(earlier, item));
        }
        return counted;
    }
}
