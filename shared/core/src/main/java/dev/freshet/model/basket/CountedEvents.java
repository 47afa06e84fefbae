package dev.freshet.model.basket;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.example.ModelTime;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.part.CountedEvent;
import dev.freshet.model.part.CountryDevice;
import dev.freshet.model.rows.IntArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Access to the events of a basket that were counted for popularity, besides the latest one of each
 * entry: those of earlier days, and those of the other basket of a merge. An event has three ints
 * (12 B): the item, the time, and a mark, which packs place and event type. At most {@value #MOST}
 * a basket; the oldest are dropped first and remain counted. Arrays are replaced, never changed.
 */
public final class CountedEvents {
    /** The number of ints in an event. */
    public static final int WIDTH = 3;

    /** The largest number of events in a basket. */
    public static final int MOST = 200;

    private static final int TYPE_BITS = EventType.NUMBER_BITS;

    /** The largest mark. */
    public static final int MAX_MARK = CountryDevice.MOST << TYPE_BITS | EventType.NUMBERS - 1;

    private CountedEvents() {}

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

    /** Returns the mark of an interaction. */
    static int mark(Example.Interaction interaction) {
        Context context = interaction.context();
        int place = CountryDevice.of(context.country(), context.device());
        return mark(place, interaction.type().number());
    }

    /** Returns the days on which the events of a basket were counted. */
    public static Preferences.ItemDays days(int[] basket, int[] earlier) {
        Preferences.ItemDays days = new Preferences.ItemDays();
        for (int at = 0; at < size(earlier); at++) {
            days.add(item(earlier, at), ModelTime.epochSeconds(time(earlier, at)));
        }
        for (int at = 0; at < BasketEntries.size(basket) && earlier.length > 0; at++) {
            if (BasketEntries.countedAt(basket, at) != ModelTime.NEVER) {
                days.add(
                        BasketEntries.item(basket, at),
                        ModelTime.epochSeconds(BasketEntries.countedAt(basket, at)));
            }
        }
        return days;
    }

    static int place(int mark) {
        return mark >>> TYPE_BITS;
    }

    /** Returns the number of events. */
    public static int size(int[] earlier) {
        return earlier.length / WIDTH;
    }

    /** Returns the item of an event. */
    public static int item(int[] earlier, int at) {
        return earlier[at * WIDTH];
    }

    /** Returns the time of an event, as {@link ModelTime}. */
    public static int time(int[] earlier, int at) {
        return earlier[at * WIDTH + 1];
    }

    /** Returns the mark of an event. */
    public static int mark(int[] earlier, int at) {
        return earlier[at * WIDTH + 2];
    }

    static int type(int mark) {
        return mark & ((1 << TYPE_BITS) - 1);
    }

    /** Returns a copy with one more event; from a full list the oldest is dropped. */
    static int[] append(int[] earlier, int item, int time, int mark) {
        int from = size(earlier) < MOST ? 0 : WIDTH;
        int[] more = Arrays.copyOfRange(earlier, from, earlier.length + WIDTH);
        more[more.length - 3] = item;
        more[more.length - 2] = time;
        more[more.length - 1] = mark;
        return more;
    }

    static int[] remove(int[] earlier, int at) {
        return IntArrays.cut(earlier, at * WIDTH, WIDTH);
    }

    /** Returns a copy without the events of an item. */
    static int[] without(int[] earlier, int item) {
        int[] rest = earlier;
        for (int at = size(rest) - 1; at >= 0; at--) {
            if (item(rest, at) == item) {
                rest = remove(rest, at);
            }
        }
        return rest;
    }

    /** Returns the position of an item's latest event, or −1. */
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
     * Returns whether a counted event can be the one that is retracted, given equal times: the
     * types are equal, and the places are equal or the counted event's place is not recorded.
     *
     * @param mark mark of the counted event
     * @param takenBack mark of the retracted event
     */
    static boolean isOf(int mark, int takenBack) {
        return type(mark) == type(takenBack) && (place(mark) == 0 || mark == takenBack);
    }

    /** Returns the position of the event that is retracted, or −1. */
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

    /**
     * Returns every event of a basket that is known to have been counted: those in its entries and
     * those counted earlier.
     */
    public static List<CountedEvent> all(int[] basket, int[] earlier) {
        List<CountedEvent> counted = new ArrayList<>();
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            int item = BasketEntries.item(basket, at);
            if (BasketEntries.countedAt(basket, at) != ModelTime.NEVER) {
                int place = place(BasketEntries.mark(basket, at));
                counted.add(new CountedEvent(item, BasketEntries.countedAt(basket, at), place));
            }
            for (int event = 0; event < size(earlier); event++) {
                if (item(earlier, event) == item) {
                    int place = place(mark(earlier, event));
                    counted.add(new CountedEvent(item, time(earlier, event), place));
                }
            }
        }
        return counted;
    }
}
