package dev.freshet.model.history;

import java.util.Arrays;

/**
 * A basket's entries, one per item, in the order of first meeting: five ints each. The item; when
 * it was last met; the latest event that was counted for popularity, or never; packed, the sum of
 * strengths (16 bits, 1/64), the events standing (8 bits) and the latest rating (4 bits, half
 * stars, 0 for none); and the counted event's mark: its place and type ({@link
 * dev.freshet.model.basket.CountedEvents}). 20 B an entry. Arrays are replaced, never changed.
 */
public final class BasketEntries {
    public static final int WIDTH = 5;
    public static final int[] NONE = new int[0];

    private static final int STRENGTH_UNIT = 64;
    private static final int MOST_EVENTS = 255;

    /** Half stars in the best rating. */
    public static final int MOST_HALF_STARS = 10;

    private BasketEntries() {}

    public static int size(int[] basket) {
        return basket.length / WIDTH;
    }

    public static int item(int[] basket, int at) {
        return basket[at * WIDTH];
    }

    public static int lastInteractionAt(int[] basket, int at) {
        return basket[at * WIDTH + 1];
    }

    public static int countedAt(int[] basket, int at) {
        return basket[at * WIDTH + 2];
    }

    /** Sum over the events standing; negative for an item disliked on balance. */
    public static float strength(int[] basket, int at) {
        return (float) units(basket, at) / STRENGTH_UNIT;
    }

    public static boolean positive(int[] basket, int at) {
        return units(basket, at) > 0;
    }

    public static int events(int[] basket, int at) {
        return (basket[at * WIDTH + 3] >>> 8) & MOST_EVENTS;
    }

    /** The latest rating standing, 1 to {@value #MOST_HALF_STARS}; 0 for none. */
    public static int halfStars(int[] basket, int at) {
        return (basket[at * WIDTH + 3] >>> 4) & 0xF;
    }

    /** To the nearest half star; 0 stays 0. */
    public static int halfStars(float stars) {
        return Math.clamp(Math.round(2 * stars), 0, MOST_HALF_STARS);
    }

    /** Of the counted event, 0 where none stands. */
    public static int mark(int[] basket, int at) {
        return basket[at * WIDTH + 4];
    }

    /** The position, or −1. */
    public static int find(int[] basket, int item) {
        for (int i = 0; i < basket.length; i += WIDTH) {
            if (basket[i] == item) {
                return i / WIDTH;
            }
        }
        return -1;
    }

    public static int[] append(
            int[] basket, int item, int lastInteractionAt, int packed, int countedAt, int mark) {
        int[] more = Arrays.copyOf(basket, basket.length + WIDTH);
        write(more, size(basket), item, lastInteractionAt, packed, countedAt, mark);
        return more;
    }

    public static int[] replace(
            int[] basket, int at, int lastInteractionAt, int packed, int countedAt, int mark) {
        int[] changed = basket.clone();
        write(changed, at, item(basket, at), lastInteractionAt, packed, countedAt, mark);
        return changed;
    }

    public static int[] remove(int[] basket, int at) {
        int[] rest = new int[basket.length - WIDTH];
        System.arraycopy(basket, 0, rest, 0, at * WIDTH);
        System.arraycopy(basket, (at + 1) * WIDTH, rest, at * WIDTH, rest.length - at * WIDTH);
        return rest;
    }

    /** A basket of this entry alone. */
    public static int[] only(int[] basket, int at) {
        return Arrays.copyOfRange(basket, at * WIDTH, (at + 1) * WIDTH);
    }

    public static int pack(int units, int events, int halfStars) {
        int strength = Math.clamp(units, Short.MIN_VALUE, Short.MAX_VALUE);
        return (strength << 16) | (Math.clamp(events, 0, MOST_EVENTS) << 8) | (halfStars << 4);
    }

    public static int units(int[] basket, int at) {
        return basket[at * WIDTH + 3] >> 16;
    }

    /** A strength in whole 64ths, away from zero: what is not nothing stays so. */
    public static int units(float strength) {
        int units = Math.round(Math.clamp(strength, -500f, 500f) * STRENGTH_UNIT);
        return units != 0 || strength == 0 || Float.isNaN(strength) ? units : strength > 0 ? 1 : -1;
    }

    /** Only for an array that nobody else sees yet. */
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
