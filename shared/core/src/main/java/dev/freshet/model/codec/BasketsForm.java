package dev.freshet.model.codec;

import dev.freshet.example.Example;
import dev.freshet.example.ModelTime;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.basket.BasketsDraft;
import dev.freshet.model.basket.CountedEvents;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.Form;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.settings.ModelSettings;

/**
 * The binary form of baskets, in the order of activity, so that slot numbers are not part of it.
 */
public final class BasketsForm {
    private static final int MAX = Integer.MAX_VALUE - 1;

    /** The bit beside the half stars of an entry that says whether it has a like. */
    private static final int LIKED = 16;

    private BasketsForm() {}

    /** Returns the form of baskets and their postings over so many items. */
    public static Form<Baskets> of(int items) {
        return Form.of((baskets, out) -> write(baskets, items, out), in -> read(in, items));
    }

    private static void write(Baskets baskets, int items, ByteSink out) {
        int[] rank = new int[baskets.keys().size()];
        out.varint(baskets.users());
        int next = 0;
        for (int link = baskets.activity().oldest();
                link != 0;
                link = baskets.activity().newer().get(link - 1)) {
            int slot = link - 1;
            rank[slot] = next++;
            out.fixed64(baskets.keys().get(slot));
            out.zigzag(baskets.waiting().get(slot));
            entries(baskets.basket(slot), out);
            earlier(baskets.earlier(slot), out);
            int[] cohorts = baskets.cohorts(slot);
            out.varint(cohorts.length);
            for (int cohort : cohorts) {
                out.fixed32(cohort);
            }
        }
        for (int item = 0; item < items; item++) {
            slots(baskets.postings(item), rank, out);
            slots(baskets.unliked(item), rank, out);
            slots(baskets.raters(item), rank, out);
        }
    }

    private static void entries(int[] basket, ByteSink out) {
        out.varint(BasketEntries.size(basket));
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            int countedAt = BasketEntries.countedAt(basket, at);
            out.varint(BasketEntries.item(basket, at));
            out.zigzag(BasketEntries.lastInteractionAt(basket, at));
            out.zigzag(
                    countedAt == ModelTime.NEVER
                            ? Long.MIN_VALUE
                            : (long) countedAt - BasketEntries.lastInteractionAt(basket, at));
            out.zigzag(BasketEntries.units(basket, at));
            out.varint(BasketEntries.events(basket, at));
            out.put(
                    BasketEntries.halfStars(basket, at)
                            | (BasketEntries.liked(basket, at) ? LIKED : 0));
            out.varint(BasketEntries.mark(basket, at));
        }
    }

    private static void earlier(int[] earlier, ByteSink out) {
        out.varint(CountedEvents.size(earlier));
        for (int at = 0; at < CountedEvents.size(earlier); at++) {
            out.varint(CountedEvents.item(earlier, at));
            out.zigzag(CountedEvents.time(earlier, at));
            out.varint(CountedEvents.mark(earlier, at));
        }
    }

    private static void slots(int[] slots, int[] rank, ByteSink out) {
        out.varint(slots.length);
        for (int slot : slots) {
            out.varint(rank[slot]);
        }
    }

    private static Baskets read(ByteSource in, int items) {
        BasketsDraft baskets = Baskets.EMPTY.draft();
        int users = in.count(MAX, 10);
        for (int user = 0; user < users; user++) {
            long key = in.fixed64();
            int waitingSince = Math.toIntExact(in.zigzag());
            int[] basket = entries(in, items);
            int[] earlier = earlier(in, items);
            int[] cohorts = cohorts(in);
            if (baskets.restore(key, waitingSince, basket, earlier, cohorts) != user) {
                throw new MalformedBytesException("the baskets of a snapshot contain a user twice");
            }
        }
        for (int item = 0; item < items; item++) {
            baskets.restore(item, slots(in, users), slots(in, users), slots(in, users));
        }
        return baskets.seal();
    }

    private static int[] entries(ByteSource in, int items) {
        int[] basket = new int[in.count(ModelSettings.BASKET_ENTRIES, 6) * BasketEntries.WIDTH];
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            int item = in.upTo(items - 1);
            int lastInteractionAt = Math.toIntExact(in.zigzag());
            long counted = in.zigzag();
            int countedAt =
                    counted == Long.MIN_VALUE
                            ? ModelTime.NEVER
                            : Math.toIntExact(Math.addExact(counted, lastInteractionAt));
            int units = Math.toIntExact(in.zigzag());
            int events = in.upTo(4_095);
            int opinion = in.upTo(LIKED | BasketEntries.MAX_HALF_STARS);
            int halfStars = opinion & ~LIKED;
            if (halfStars > BasketEntries.MAX_HALF_STARS) {
                throw new MalformedBytesException("a rating of " + halfStars + " half stars");
            }
            int packed = BasketEntries.pack(units, events, halfStars, (opinion & LIKED) != 0);
            int mark = in.upTo(CountedEvents.MAX_MARK);
            BasketEntries.write(basket, at, item, lastInteractionAt, packed, countedAt, mark);
        }
        return basket;
    }

    private static int[] earlier(ByteSource in, int items) {
        int[] earlier = new int[in.count(CountedEvents.MOST, 3) * CountedEvents.WIDTH];
        for (int at = 0; at < earlier.length; at += CountedEvents.WIDTH) {
            earlier[at] = in.upTo(items - 1);
            earlier[at + 1] = Math.toIntExact(in.zigzag());
            earlier[at + 2] = in.upTo(CountedEvents.MAX_MARK);
        }
        return earlier;
    }

    private static int[] cohorts(ByteSource in) {
        int[] cohorts = new int[in.count(Example.Standing.MAX_COHORTS, 4)];
        for (int at = 0; at < cohorts.length; at++) {
            cohorts[at] = in.fixed32();
        }
        return cohorts;
    }

    private static int[] slots(ByteSource in, int users) {
        int[] slots = new int[in.count(ModelSettings.POSTINGS, 1)];
        for (int at = 0; at < slots.length; at++) {
            slots[at] = in.upTo(users - 1);
        }
        return slots;
    }
}
