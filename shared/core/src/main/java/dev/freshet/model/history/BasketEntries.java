package dev.freshet.model.history;

import dev.freshet.model.rows.IntArrays;
import java.util.Arrays;

/**
 * Access to the entries of a basket, which is an int array with one entry per item, in the order of
 * first interaction. An entry has five ints (20 B):
 *
 * <ol>
 *   <li>the item;
 *   <li>the time of its latest interaction, as {@link dev.freshet.example.ModelTime};
 *   <li>the time of the latest event that was counted for popularity, or {@link
 *       dev.freshet.example.ModelTime#NEVER};
 *   <li>packed: the sum of strengths (16 bits, in units of 1/64), the number of events that were
 *       not retracted (8 bits), the latest rating (4 bits, half stars, 0 for none) and whether a
 *       like was not retracted (1 bit);
 *   <li>the mark of the counted event: its place and type, see {@link
 *       dev.freshet.model.basket.CountedEvents}.
 * </ol>
 *
 * <p>Arrays are replaced, never changed.
 */
public final class BasketEntries {
    /** The number of ints in an entry. */
    public static final int WIDTH = 5;

    /** A basket without entries. */
    public static final int[] NONE = new int[0];

    private static final int STRENGTH_UNIT = 64;
    private static final int MAX_EVENTS = 255;
    private static final int LIKED = 1;

    /** The bits of the packed int of an entry that hold rating and like. */
    public static final int OPINION = 0xF0 | LIKED;

    /** The number of half stars in the best rating. */
    public static final int MAX_HALF_STARS = 10;

    private BasketEntries() {}

    /** Returns the number of entries. */
    public static int size(int[] basket) {
        return basket.length / WIDTH;
    }

    /** Returns the item of an entry. */
    public static int item(int[] basket, int at) {
        return basket[at * WIDTH];
    }

    /**
     * Returns the time of an entry's latest interaction, as {@link dev.freshet.example.ModelTime}.
     */
    public static int lastInteractionAt(int[] basket, int at) {
        return basket[at * WIDTH + 1];
    }

    /** Returns the later of the times of two entries' latest interactions. */
    public static int latest(int[] basket, int at, int other) {
        return Math.max(lastInteractionAt(basket, at), lastInteractionAt(basket, other));
    }

    /**
     * Returns the time of the latest event that was counted for popularity, or {@link
     * dev.freshet.example.ModelTime#NEVER}.
     */
    public static int countedAt(int[] basket, int at) {
        return basket[at * WIDTH + 2];
    }

    /**
     * Returns the number of items whose latest interaction is not before a time.
     *
     * @param since as {@link dev.freshet.example.ModelTime}
     */
    public static int itemsSince(int[] basket, int since) {
        int items = 0;
        for (int at = 0; at < size(basket); at++) {
            items += lastInteractionAt(basket, at) >= since ? 1 : 0;
        }
        return items;
    }

    /**
     * Returns the sum of strengths over the events that were not retracted; negative for an item
     * disliked on balance.
     */
    public static float strength(int[] basket, int at) {
        return (float) units(basket, at) / STRENGTH_UNIT;
    }

    /** Returns whether the sum of strengths is above zero. */
    public static boolean positive(int[] basket, int at) {
        return units(basket, at) > 0;
    }

    /** Returns the number of events that were not retracted, 0 to 255. */
    public static int events(int[] basket, int at) {
        return (basket[at * WIDTH + 3] >>> 8) & MAX_EVENTS;
    }

    /**
     * Returns the latest rating that was not retracted, 1 to {@value #MAX_HALF_STARS} half stars; 0
     * for none.
     */
    public static int halfStars(int[] basket, int at) {
        return (basket[at * WIDTH + 3] >>> 4) & 0xF;
    }

    /** Returns whether there is a like that was not retracted. */
    public static boolean liked(int[] basket, int at) {
        return (basket[at * WIDTH + 3] & LIKED) != 0;
    }

    /** Returns rating and like as they are packed; 0 for neither. */
    public static int opinion(int[] basket, int at) {
        return packed(basket, at) & OPINION;
    }

    /** Rounds a rating to the nearest half star; 0 remains 0. */
    public static int halfStars(float stars) {
        return Math.clamp(Math.round(2 * stars), 0, MAX_HALF_STARS);
    }

    /**
     * Returns the mark of the counted event, or of the latest one in a basket that does not count
     * yet; 0 where there is none.
     */
    public static int mark(int[] basket, int at) {
        return basket[at * WIDTH + 4];
    }

    /** Returns the position of an item's entry, or −1. */
    public static int find(int[] basket, int item) {
        for (int i = 0; i < basket.length; i += WIDTH) {
            if (basket[i] == item) {
                return i / WIDTH;
            }
        }
        return -1;
    }

    /** Returns a copy with one more entry at the end. */
    public static int[] append(
            int[] basket, int item, int lastInteractionAt, int packed, int countedAt, int mark) {
        int[] more = Arrays.copyOf(basket, basket.length + WIDTH);
        write(more, size(basket), item, lastInteractionAt, packed, countedAt, mark);
        return more;
    }

    /** Returns a copy in which one entry has other values for the same item. */
    public static int[] replace(
            int[] basket, int at, int lastInteractionAt, int packed, int countedAt, int mark) {
        int[] changed = basket.clone();
        write(changed, at, item(basket, at), lastInteractionAt, packed, countedAt, mark);
        return changed;
    }

    /** Returns a copy without one entry. */
    public static int[] remove(int[] basket, int at) {
        return IntArrays.cut(basket, at * WIDTH, WIDTH);
    }

    /** Returns a basket that contains one entry of another. */
    public static int[] only(int[] basket, int at) {
        return Arrays.copyOfRange(basket, at * WIDTH, (at + 1) * WIDTH);
    }

    /** Packs the fourth int of an entry; values outside their range are clamped. */
    public static int pack(int units, int events, int halfStars, boolean liked) {
        return pack(units, events, halfStars) | (liked ? LIKED : 0);
    }

    /** Packs the fourth int of an entry without a like. */
    public static int pack(int units, int events, int halfStars) {
        int strength = Math.clamp(units, Short.MIN_VALUE, Short.MAX_VALUE);
        return (strength << 16) | (Math.clamp(events, 0, MAX_EVENTS) << 8) | (halfStars << 4);
    }

    /** Returns the fourth int of an entry as {@link #pack} makes it. */
    public static int packed(int[] basket, int at) {
        return basket[at * WIDTH + 3];
    }

    /** Returns the sum of strengths in units of 1/64. */
    public static int units(int[] basket, int at) {
        return basket[at * WIDTH + 3] >> 16;
    }

    /**
     * Converts a strength to units of 1/64, within ±500 strengths. A strength other than zero never
     * becomes zero.
     */
    public static int units(float strength) {
        int units = Math.round(Math.clamp(strength, -500f, 500f) * STRENGTH_UNIT);
        return units != 0 || strength == 0 || Float.isNaN(strength) ? units : strength > 0 ? 1 : -1;
    }

    /** Writes an entry in place. Only for an array that has not been shared yet. */
    public static void write(
            int[] basket,
            int at,
            int item,
            int lastInteractionAt,
            int packed,
            int countedAt,
            int mark) {
        basket[at * WIDTH] = item;
        basket[at * WIDTH + 1] = lastInteractionAt;
        basket[at * WIDTH + 2] = countedAt;
        basket[at * WIDTH + 3] = packed;
        basket[at * WIDTH + 4] = mark;
    }
}
