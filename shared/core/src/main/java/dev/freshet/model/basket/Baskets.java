package dev.freshet.model.basket;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.example.Example;
import dev.freshet.example.ModelTime;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.IntArrays;
import dev.freshet.model.rows.Longs;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.Slots;
import dev.freshet.model.settings.ModelSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The items that each pseudonym interacted with ({@link BasketEntries}), by slot, and by item who
 * holds it. The least recently active baskets are evicted first. Slot numbers have no meaning of
 * their own: a model loaded from a snapshot may have different ones.
 *
 * @param keys pseudonym by slot
 * @param index slot by pseudonym
 * @param latest the entries of each basket, at most {@link ModelSettings#BASKET_ENTRIES}
 * @param past the entries before these ({@link PastEntries})
 * @param earlier events counted besides those in the entries ({@link CountedEvents})
 * @param newcomers the baskets that do not count for others yet
 * @param activity the slots by activity
 * @param holders who holds each item
 * @param cohorts by slot, the cohorts of the user ({@link
 *     dev.freshet.profile.AttributeRules.Cohort#id}), ascending; null for none
 * @param cohortSizes the number of baskets in each cohort
 * @param users number of baskets in use
 */
public record Baskets(
        Longs keys,
        Slots index,
        SlotEntries latest,
        SlotEntries past,
        SlotEntries earlier,
        Newcomers newcomers,
        Activity activity,
        ItemHolders holders,
        Refs<int[]> cohorts,
        CohortSizes cohortSizes,
        int users) {
    /** Most repeats of one user with one item that count: nobody sets an item's rate alone. */
    public static final int MAX_REPEATS = 4;

    private static final int MAX_USERS = Integer.MAX_VALUE - 1;

    /** The bit beside the half stars of a stored entry that says whether it has a like. */
    private static final int LIKED = 16;

    public static final Baskets EMPTY =
            new Baskets(
                    Longs.EMPTY,
                    Slots.EMPTY,
                    SlotEntries.NONE,
                    SlotEntries.NONE,
                    SlotEntries.NONE,
                    Newcomers.NONE,
                    Activity.NONE,
                    ItemHolders.NONE,
                    Refs.empty(),
                    CohortSizes.NONE,
                    0);

    /** The part of the model. */
    public static final ModelPart<Baskets> PART =
            new ModelPart<>(5, EMPTY, BasketsDraft::new, (bounds, items) -> form(items));

    /** Returns the entries of a slot; empty for a free one. */
    public int[] basket(int slot) {
        return latest.of(slot);
    }

    /** Returns the events of a slot that were counted besides those in its entries. */
    public int[] earlier(int slot) {
        return earlier.of(slot);
    }

    /** Returns the cohorts of the user of a slot, ascending. */
    public int[] cohorts(int slot) {
        return IntArrays.orNone(cohorts.get(slot));
    }

    /** Returns the entries of a user; empty for one without a basket. */
    public int[] basket(Pseudonym user) {
        int slot = slot(user);
        return slot < 0 ? IntArrays.NONE : basket(slot);
    }

    /** Returns the entries of a user, after those that a full basket dropped and that count. */
    public int[] all(Pseudonym user) {
        int slot = slot(user);
        return slot < 0 ? IntArrays.NONE : IntArrays.concat(past.of(slot), basket(slot));
    }

    /** Returns the slot of a pseudonym, or −1. */
    public int slot(Pseudonym user) {
        return index.find(hash(user.bits()), at -> keys.get(at) == user.bits());
    }

    /** Returns the latest slots that hold an item with positive strength, oldest first. */
    public int[] postings(int item) {
        return IntArrays.orNone(holders.postings().get(item));
    }

    /**
     * Returns the latest slots that hold an item without positive strength, as who dislikes it
     * does, oldest first.
     */
    public int[] unliked(int item) {
        return IntArrays.orNone(holders.unliked().get(item));
    }

    /** Returns the latest slots with a rating of an item, oldest first. */
    public int[] raters(int item) {
        return IntArrays.orNone(holders.raters().get(item));
    }

    /**
     * Returns whether the basket of a slot is one of the holders of an item: it holds the item with
     * positive strength, and counts for others.
     */
    public boolean holds(int slot, int item) {
        int[] basket = basket(slot);
        int at = BasketEntries.find(basket, item);
        return at >= 0 && BasketEntries.positive(basket, at) && !newcomers.isWaiting(slot);
    }

    /** Returns the repeats of an entry that count, 0 to {@value #MAX_REPEATS}. */
    static int repeats(int[] basket, int at) {
        return Math.clamp(BasketEntries.events(basket, at) - 1L, 0, MAX_REPEATS);
    }

    /** Returns whether at least k different people hold an item with positive strength. */
    public boolean hasPeople(int item, int k) {
        return holders.count(item) >= k;
    }

    /**
     * Returns whether at least k different people whose latest counted interaction with an item was
     * in a country, or on a device, hold it with positive strength.
     *
     * @param place a {@link dev.freshet.model.part.CountryDevice} of a country or of a device alone
     */
    public boolean hasPeople(int item, int place, int k) {
        int[] known = IntArrays.orNone(holders.places().get(item));
        return ItemHolders.Places.hasPeople(known, place, k);
    }

    static int hash(long key) {
        return (int) (key ^ (key >>> 32));
    }

    /**
     * Returns the form of baskets and their postings over so many items, in the order of activity,
     * so that slot numbers are not part of it.
     */
    public static Form<Baskets> form(int items) {
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
            out.zigzag(baskets.newcomers().waiting().get(slot));
            out.zigzag(baskets.newcomers().withheld().get(slot));
            entries(baskets.basket(slot), out);
            entries(baskets.past().of(slot), out);
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
        BasketsDraft baskets = new BasketsDraft(EMPTY);
        int users = in.count(MAX_USERS, 10);
        for (int user = 0; user < users; user++) {
            long key = in.fixed64();
            int waitingSince = Math.toIntExact(in.zigzag());
            int withheldSince = Math.toIntExact(in.zigzag());
            int[] basket = entries(in, items, ModelSettings.BASKET_ENTRIES);
            int[] past = entries(in, items, PastEntries.MOST);
            int[] earlier = earlier(in, items);
            int[] cohorts = cohorts(in);
            MalformedBytesException.unless(
                    baskets.restore(
                                    key,
                                    waitingSince,
                                    withheldSince,
                                    basket,
                                    past,
                                    earlier,
                                    cohorts)
                            == user,
                    "the baskets of a snapshot contain a user twice");
        }
        for (int item = 0; item < items; item++) {
            baskets.restore(item, slots(in, users), slots(in, users), slots(in, users));
        }
        return baskets.seal();
    }

    private static int[] entries(ByteSource in, int items, int most) {
        int[] basket = new int[in.count(most, 6) * BasketEntries.WIDTH];
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

    /**
     * The number of baskets in each cohort. At most {@value #MOST} cohorts are known; a user of a
     * further one is not in it until another cohort has lost its last basket.
     *
     * @param byCohort baskets by {@link dev.freshet.profile.AttributeRules.Cohort#id}, each at
     *     least 1
     * @param members the number of baskets in at least one cohort
     */
    public record CohortSizes(Map<Integer, Integer> byCohort, int members) {
        /** Most cohorts; about 60 kB. */
        public static final int MOST = 1_024;

        static final CohortSizes NONE = new CohortSizes(Map.of(), 0);

        /** Returns the share of the baskets with cohorts that are in this one, 0 to 1. */
        public double share(int cohort) {
            return members == 0 ? 0 : byCohort.getOrDefault(cohort, 0) / (double) members;
        }

        /** The mutable continuation, and that of the cohorts of each basket. */
        static final class Draft implements Continuation<CohortSizes> {
            private final Map<Integer, Integer> base;
            private @Nullable Map<Integer, Integer> changed;
            private final Refs.Draft<int[]> ofBaskets;
            private int members;

            Draft(CohortSizes from, Refs<int[]> ofBaskets) {
                base = from.byCohort;
                members = from.members;
                this.ofBaskets = ofBaskets.draft();
            }

            /** Returns the cohorts of a basket, ascending. */
            int[] of(int slot) {
                return IntArrays.orNone(ofBaskets.get(slot));
            }

            void enter(int slot, int[] joined) {
                if (joined.length > 0) {
                    add(joined, 1);
                    ofBaskets.set(slot, joined);
                }
            }

            void leave(int slot) {
                if (of(slot).length > 0) {
                    add(of(slot), -1);
                    ofBaskets.set(slot, null);
                }
            }

            Refs<int[]> byBasket(boolean sealed) {
                return ofBaskets.content(sealed);
            }

            /** Returns whether a basket can be in a cohort. */
            boolean admits(int cohort) {
                Map<Integer, Integer> sizes = sizes();
                return sizes.size() < MOST || sizes.containsKey(cohort);
            }

            private void add(int[] cohorts, int sign) {
                if (changed == null) {
                    changed = new HashMap<>(base);
                }
                for (int cohort : cohorts) {
                    changed.merge(
                            cohort,
                            sign,
                            (before, more) ->
                                    before + more == 0 ? null : Integer.valueOf(before + more));
                }
                members += sign;
            }

            @Override
            public CohortSizes content(boolean sealed) {
                return new CohortSizes(
                        sealed && changed != null ? Map.copyOf(changed) : sizes(), members);
            }

            private Map<Integer, Integer> sizes() {
                return changed == null ? base : changed;
            }
        }
    }
}
