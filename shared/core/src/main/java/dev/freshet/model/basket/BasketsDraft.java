package dev.freshet.model.basket;

import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.example.ModelTime;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.basket.BasketChange.Opinion;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.part.CountedEvent;
import dev.freshet.model.part.PartDraft;
import dev.freshet.model.rows.IntArrays;
import dev.freshet.model.rows.Longs;
import dev.freshet.model.rows.Slots;
import dev.freshet.model.settings.ModelSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The mutable continuation of {@link Baskets}. */
public final class BasketsDraft implements PartDraft<Baskets> {
    /**
     * What an interaction adds to an entry.
     *
     * @param units its strength, in units of entries
     * @param halfStars 0 for no rating
     * @param mark its place and type ({@link CountedEvents#mark})
     */
    private record Addition(int item, int time, int units, int halfStars, boolean like, int mark) {
        private CountedEvent counted() {
            return new CountedEvent(item, time, CountedEvents.place(mark));
        }
    }

    private final Longs.Draft keys;
    private final Slots.Draft index;
    private final SlotEntries.Draft latest;
    private final SlotEntries.Draft past;
    private final SlotEntries.Draft earlier;
    private final Newcomers.Draft newcomers;
    private final Activity.Draft activity;
    private final ItemHolders.Draft holders;
    private final Baskets.CohortSizes.Draft cohorts;
    private int users;

    /** What the present change changes in the sums over all users. */
    private final List<Opinion> opinions = new ArrayList<>();

    private final List<CountedEvent> added = new ArrayList<>();
    private final List<CountedEvent> removed = new ArrayList<>();
    private final List<Integer> unlearned = new ArrayList<>();
    private final List<CountedEvent> dropped = new ArrayList<>();

    BasketsDraft(Baskets from) {
        keys = from.keys().draft();
        index = from.index().draft();
        latest = new SlotEntries.Draft(from.latest(), BasketEntries.WIDTH);
        past = new SlotEntries.Draft(from.past(), BasketEntries.WIDTH);
        earlier = new SlotEntries.Draft(from.earlier(), CountedEvents.WIDTH);
        newcomers = new Newcomers.Draft(from.newcomers());
        activity = new Activity.Draft(from.activity(), from.keys().size());
        holders = new ItemHolders.Draft(from.holders());
        cohorts = new Baskets.CohortSizes.Draft(from.cohortSizes(), from.cohorts());
        users = from.users();
    }

    /**
     * Returns whether a user's interactions do not count for others yet: nothing of the user was
     * known as long ago as the interaction's standing asks for.
     */
    public boolean waits(Example.Interaction interaction) {
        return newcomers.waits(slot(interaction.user()), interaction);
    }

    /** Returns whether a user's ratings and likes do not count for others yet. */
    public boolean withholds(Example.Interaction interaction) {
        return newcomers.withholds(slot(interaction.user()), interaction);
    }

    /**
     * Adds an interaction with an item to a user's basket. Those of a user who waits are kept, and
     * count once the user no longer does.
     *
     * @param mostEntries bound of the entries, past entries and earlier events of all baskets;
     *     beyond it the least recently active baskets are evicted
     */
    public BasketChange interact(Example.Interaction interaction, int item, int mostEntries) {
        boolean isNew = slot(interaction.user()) < 0;
        boolean waits = waits(interaction);
        boolean withholds = withholds(interaction);
        int slot = slotFor(interaction.user());
        activity.touch(slot);
        if (isNew && waits) {
            newcomers.begin(slot, ModelTime.of(interaction.receivedAt()));
        }
        if (!waits) {
            admit(slot);
        }
        if (!withholds) {
            publishOpinions(slot);
        }
        Addition addition =
                new Addition(
                        item,
                        ModelTime.of(interaction.at()),
                        BasketEntries.units(interaction.strength()),
                        BasketEntries.halfStars(interaction.stars()),
                        interaction.type() == EventType.LIKE,
                        CountedEvents.mark(interaction));
        int at = find(slot, item, addition.time);
        if (at < 0) {
            addEntry(slot, addition);
        } else {
            addTo(slot, at, addition);
        }
        keepWithin(mostEntries, slot);
        return changed();
    }

    /**
     * Returns the position of an item's entry, or −1. An entry that a full basket had dropped is
     * the latest of the basket again.
     *
     * @param now time of the event that asks, a {@link ModelTime}
     */
    private int find(int slot, int item, int now) {
        int at = BasketEntries.find(basket(slot), item);
        int before = at < 0 ? BasketEntries.find(past.of(slot), item) : -1;
        if (before < 0) {
            return at;
        }
        int[] entry = BasketEntries.only(past.of(slot), before);
        past.set(slot, BasketEntries.remove(past.of(slot), before));
        append(slot, entry, now);
        return BasketEntries.size(basket(slot)) - 1;
    }

    /** Adds an entry to a basket at the end; a full one drops its oldest. */
    private void append(int slot, int[] entry, int now) {
        int[] basket = IntArrays.concat(basket(slot), entry);
        latest.set(slot, basket);
        if (!newcomers.isWaiting(slot)) {
            holders.add(slot, basket, BasketEntries.size(basket) - 1);
        }
        rated(slot, BasketEntries.item(entry, 0), 0, BasketEntries.halfStars(entry, 0));
        if (BasketEntries.size(basket) > ModelSettings.BASKET_ENTRIES) {
            past.set(
                    slot,
                    PastEntries.append(past.of(slot), basket, 0, newcomers.isWithheld(slot), now));
            drop(slot, 0);
        }
    }

    /** Adds an entry to a basket for an item that it has none of. */
    private void addEntry(int slot, Addition addition) {
        boolean waits = newcomers.isWaiting(slot);
        boolean counts = addition.units > 0 && !waits;
        int packed = BasketEntries.pack(addition.units, 1, addition.halfStars, addition.like);
        int countedAt = counts ? addition.time : ModelTime.NEVER;
        int mark = addition.units > 0 ? addition.mark : 0;
        int item = addition.item;
        int[] entry =
                BasketEntries.append(
                        BasketEntries.NONE, item, addition.time, packed, countedAt, mark);
        append(slot, entry, addition.time);
        if (counts) {
            added.add(addition.counted());
        }
        opinion(slot, item, 0, addition.halfStars, addition.like ? 1 : 0);
    }

    /** Adds an interaction to an entry of a basket. It counts if it is the first of its day. */
    private void addTo(int slot, int at, Addition addition) {
        boolean waits = newcomers.isWaiting(slot);
        int[] basket = basket(slot);
        int countedAt = BasketEntries.countedAt(basket, at);
        boolean counts =
                addition.units > 0
                        && !waits
                        && (countedAt == ModelTime.NEVER
                                || ModelTime.day(addition.time) > ModelTime.day(countedAt));
        int mark = BasketEntries.mark(basket, at);
        if (counts && countedAt != ModelTime.NEVER) {
            earlier.set(
                    slot, CountedEvents.append(earlier.of(slot), addition.item, countedAt, mark));
        }
        int lastAt = BasketEntries.lastInteractionAt(basket, at);
        int rated = BasketEntries.halfStars(basket, at);
        boolean rates = addition.halfStars > 0 && (rated == 0 || addition.time >= lastAt);
        int rating = rates ? addition.halfStars : rated;
        boolean liked = BasketEntries.liked(basket, at);
        int packed =
                BasketEntries.pack(
                        BasketEntries.units(basket, at) + addition.units,
                        BasketEntries.events(basket, at) + 1,
                        rating,
                        liked || addition.like);
        write(
                slot,
                at,
                Math.max(addition.time, lastAt),
                packed,
                counts ? addition.time : countedAt,
                counts || (waits && addition.units > 0) ? addition.mark : mark);
        if (counts) {
            added.add(addition.counted());
        }
        opinion(slot, addition.item, rated, rating, addition.like && !liked ? 1 : 0);
    }

    private void opinion(int slot, int item, int before, int after, int likes) {
        if (!newcomers.isWithheld(slot) && (before != after || likes != 0)) {
            opinions.add(new Opinion(item, before, after, likes));
        }
    }

    private void rated(int slot, int item, int before, int after) {
        if (!newcomers.isWithheld(slot)) {
            holders.rated(slot, item, before, after);
        }
    }

    /** Lets the ratings and likes of a basket count from now on, where they did not. */
    private void publishOpinions(int slot) {
        if (!newcomers.publish(slot)) {
            return;
        }
        int[] basket = basket(slot);
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            int item = BasketEntries.item(basket, at);
            int rating = BasketEntries.halfStars(basket, at);
            opinion(slot, item, 0, rating, BasketEntries.liked(basket, at) ? 1 : 0);
            rated(slot, item, 0, rating);
        }
    }

    /** Returns what has changed, and begins anew. */
    private BasketChange changed() {
        BasketChange change = new BasketChange(opinions, added, removed, unlearned, dropped);
        List.of(opinions, added, removed, unlearned, dropped).forEach(List::clear);
        return change;
    }

    /**
     * Sets the cohorts of a user who has a basket; without effect where there is none, and while
     * the basket waits.
     *
     * @param given distinct, ascending; of these, the ones that there is room for
     */
    public void join(Pseudonym user, List<Integer> given) {
        int slot = slot(user);
        if (slot < 0 || newcomers.isWaiting(slot)) {
            return;
        }
        int[] before = cohorts.of(slot);
        if (before.length == given.size()
                && IntStream.range(0, before.length).allMatch(at -> before[at] == given.get(at))) {
            return;
        }
        cohorts.leave(slot);
        int[] joined = given.stream().mapToInt(Integer::intValue).filter(cohorts::admits).toArray();
        cohorts.enter(slot, joined);
    }

    /**
     * Lets a basket that waited count from now on, with each of its positive entries at the time of
     * its latest interaction.
     */
    private void admit(int slot) {
        if (!newcomers.admit(slot)) {
            return;
        }
        int[] basket = basket(slot).clone();
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            int item = BasketEntries.item(basket, at);
            if (BasketEntries.positive(basket, at)) {
                int time = BasketEntries.lastInteractionAt(basket, at);
                int mark = BasketEntries.mark(basket, at);
                int packed = BasketEntries.packed(basket, at);
                BasketEntries.write(basket, at, item, time, packed, time, mark);
                added.add(new CountedEvent(item, time, CountedEvents.place(mark)));
            }
            holders.add(slot, basket, at);
        }
        latest.set(slot, basket);
    }

    /**
     * Removes an interaction that was retracted. A retracted rating leaves the item without a
     * rating, unless a later rating has replaced it; a retracted like leaves it without a like. If
     * the interaction is the latest that was counted, the one counted before it becomes the latest.
     * An entry without remaining interactions is dropped, and the basket along with its last entry.
     */
    public BasketChange retract(Example.Interaction interaction, int item) {
        int slot = slot(interaction.user());
        int time = ModelTime.of(interaction.at());
        int at = slot < 0 ? -1 : find(slot, item, time);
        if (at < 0) {
            return changed();
        }
        int[] basket = basket(slot);
        int countedAt = BasketEntries.countedAt(basket, at);
        int mark = BasketEntries.mark(basket, at);
        int takenBack = CountedEvents.mark(interaction);
        boolean latest = countedAt == time && CountedEvents.isOf(mark, takenBack);
        int before =
                latest
                        ? CountedEvents.latest(earlier.of(slot), item)
                        : CountedEvents.find(earlier.of(slot), item, time, takenBack);
        if (latest || before >= 0) {
            removed.add(new CountedEvent(item, time, CountedEvents.place(takenBack)));
            unlearned.add(item);
        }
        if (latest) {
            countedAt = before < 0 ? ModelTime.NEVER : CountedEvents.time(earlier.of(slot), before);
            mark = before < 0 ? 0 : CountedEvents.mark(earlier.of(slot), before);
        }
        if (before >= 0) {
            earlier.set(slot, CountedEvents.remove(earlier.of(slot), before));
        }
        int events = BasketEntries.events(basket, at) - 1;
        int rated = BasketEntries.halfStars(basket, at);
        float stars = interaction.stars();
        boolean ratingRemoved =
                events <= 0 || (stars > 0 && BasketEntries.halfStars(stars) == rated);
        int remainingRating = ratingRemoved ? 0 : rated;
        boolean liked = BasketEntries.liked(basket, at);
        boolean likes = liked && events > 0 && interaction.type() != EventType.LIKE;
        opinion(slot, item, rated, remainingRating, liked && !likes ? -1 : 0);
        int gone = events <= 0 ? 0 : BasketEntries.units(interaction.strength());
        int units = BasketEntries.units(basket, at) - gone;
        write(
                slot,
                at,
                BasketEntries.lastInteractionAt(basket, at),
                BasketEntries.pack(units, Math.max(0, events), remainingRating, likes),
                countedAt,
                mark);
        if (events <= 0) {
            int[] entry = BasketEntries.only(basket(slot), at);
            dropped.addAll(CountedEvents.all(entry, earlier.of(slot)));
            drop(slot, at);
            if (all(slot).length == 0) {
                forgetSlot(slot);
            }
        }
        return changed();
    }

    /**
     * Evicts the least recently active baskets; from the last one left, the oldest past entries,
     * then the oldest events counted earlier.
     */
    private void keepWithin(int mostEntries, int slot) {
        while (latest.entries() + past.entries() + earlier.entries() > mostEntries) {
            if (activity.oldest() != slot) {
                forgetSlot(activity.oldest());
            } else if (past.of(slot).length > 0) {
                past.set(slot, BasketEntries.remove(past.of(slot), 0));
            } else {
                earlier.set(slot, CountedEvents.remove(earlier.of(slot), 0));
            }
        }
    }

    /**
     * Merges one user's basket into another's, ordered by latest interaction; the latest entries
     * are kept, and those that still count. What waited counts from now on. The user keeps the
     * cohorts of {@code into}, where it has any.
     */
    public BasketChange merge(Pseudonym from, Pseudonym into) {
        int source = slot(from);
        if (source < 0 || from.equals(into)) {
            return changed();
        }
        int target = slotFor(into);
        for (int slot : new int[] {source, target}) {
            admit(slot);
            publishOpinions(slot);
        }
        activity.touch(target);
        MergedEntries both =
                new MergedEntries(all(source), earlier.of(source), all(target), earlier.of(target));
        int[] merged = both.entries();
        int[] ofSource = cohorts.of(source);
        forgetSlot(source);
        if (cohorts.of(target).length == 0) {
            cohorts.enter(target, ofSource);
        }
        clear(target);
        for (int at = 0; at < BasketEntries.size(merged); at++) {
            holders.add(target, merged, at);
            int rating = BasketEntries.halfStars(merged, at);
            holders.rated(target, BasketEntries.item(merged, at), 0, rating);
        }
        latest.set(target, merged);
        past.set(target, both.past());
        earlier.set(target, both.earlier());
        opinions.addAll(both.opinions());
        return changed();
    }

    /** Removes a user's basket, with what is known of it to count for others. */
    public BasketChange forget(Pseudonym user) {
        int slot = slot(user);
        if (slot < 0) {
            return changed();
        }
        int[] entries = all(slot);
        removed.addAll(CountedEvents.all(entries, earlier.of(slot)));
        for (int at = 0; at < BasketEntries.size(entries) && !newcomers.isWaiting(slot); at++) {
            int item = BasketEntries.item(entries, at);
            int likes = BasketEntries.liked(entries, at) ? -1 : 0;
            opinion(slot, item, BasketEntries.halfStars(entries, at), 0, likes);
            if (BasketEntries.positive(entries, at)) {
                unlearned.add(item);
            }
        }
        forgetSlot(slot);
        return changed();
    }

    /**
     * Adds a basket when a snapshot is read. The user becomes the most recently active one;
     * postings are restored separately.
     *
     * @param waitingSince when the first event of a basket that does not count yet was received, a
     *     {@link ModelTime}; 0 for a basket that counts
     * @param withheldSince likewise of a basket whose ratings and likes do not count yet
     * @param ofCohorts the cohorts of the user, ascending
     */
    int restore(
            long key,
            int waitingSince,
            int withheldSince,
            int[] basket,
            int[] pastEntries,
            int[] earlierEvents,
            int[] ofCohorts) {
        int slot = slotFor(new Pseudonym(key));
        newcomers.set(slot, waitingSince, withheldSince);
        latest.set(slot, basket);
        past.set(slot, pastEntries);
        earlier.set(slot, earlierEvents);
        cohorts.enter(slot, ofCohorts);
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            if (BasketEntries.positive(basket, at) && !newcomers.isWaiting(slot)) {
                holders.count(basket, at, 1);
            }
        }
        return slot;
    }

    /** Sets who holds, who does not like and who rated an item when a snapshot is read. */
    void restore(int item, int[] postings, int[] unliked, int[] raters) {
        holders.restore(item, postings, unliked, raters);
    }

    @Override
    public Baskets content(boolean sealed) {
        return new Baskets(
                keys.content(sealed),
                index.content(sealed),
                latest.content(sealed),
                past.content(sealed),
                earlier.content(sealed),
                newcomers.content(sealed),
                activity.content(sealed),
                holders.content(sealed),
                cohorts.byBasket(sealed),
                cohorts.content(sealed),
                users);
    }

    private int slot(Pseudonym user) {
        return index.find(Baskets.hash(user.bits()), at -> keys.get(at) == user.bits());
    }

    private int slotFor(Pseudonym user) {
        int known = slot(user);
        if (known >= 0) {
            return known;
        }
        int slot = activity.allocate();
        keys.set(slot, user.bits());
        index.insert(slot, at -> Baskets.hash(keys.get(at)));
        users++;
        return slot;
    }

    private int[] basket(int slot) {
        return latest.of(slot);
    }

    /** Returns the entries of a basket, after those before them. */
    private int[] all(int slot) {
        return IntArrays.concat(past.of(slot), basket(slot));
    }

    private void write(
            int slot, int at, int lastInteractionAt, int packed, int countedAt, int mark) {
        int[] before = basket(slot);
        int[] after = BasketEntries.replace(before, at, lastInteractionAt, packed, countedAt, mark);
        latest.set(slot, after);
        int item = BasketEntries.item(after, at);
        if (!newcomers.isWaiting(slot)) {
            holders.replace(slot, before, after, at);
        }
        int rating = BasketEntries.halfStars(before, at);
        rated(slot, item, rating, BasketEntries.halfStars(after, at));
    }

    /** Removes an entry of a basket from the index of holders. */
    private void unhold(int slot, int[] basket, int at) {
        if (!newcomers.isWaiting(slot)) {
            holders.remove(slot, basket, at);
        }
        int rating = BasketEntries.halfStars(basket, at);
        rated(slot, BasketEntries.item(basket, at), rating, 0);
    }

    private void drop(int slot, int at) {
        int[] basket = basket(slot);
        unhold(slot, basket, at);
        latest.set(slot, BasketEntries.remove(basket, at));
        earlier.set(slot, CountedEvents.without(earlier.of(slot), BasketEntries.item(basket, at)));
    }

    private void clear(int slot) {
        int[] basket = basket(slot);
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            unhold(slot, basket, at);
        }
        latest.set(slot, BasketEntries.NONE);
        past.set(slot, BasketEntries.NONE);
        earlier.set(slot, BasketEntries.NONE);
    }

    private void forgetSlot(int slot) {
        clear(slot);
        cohorts.leave(slot);
        index.remove(slot, at -> Baskets.hash(keys.get(at)));
        newcomers.set(slot, ModelTime.NEVER, ModelTime.NEVER);
        keys.set(slot, 0);
        activity.release(slot);
        users--;
    }
}
