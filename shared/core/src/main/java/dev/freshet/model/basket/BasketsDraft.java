package dev.freshet.model.basket;

import dev.freshet.event.EventType;
import dev.freshet.example.ModelTime;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.basket.CountedEvents.CountedEvent;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Longs;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.Slots;
import dev.freshet.model.settings.ModelSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The mutable continuation of {@link Baskets}. */
public final class BasketsDraft {
    /**
     * The effect of an interaction, or of a retraction.
     *
     * @param counted whether the interaction counts for popularity: positive, and the first of its
     *     day for this user and item; for a retraction, whether the interaction had been counted
     * @param rating change of the user's rating of the item, as far as it counts for others
     * @param likes +1 for a user who likes the item from now on, −1 for one who no longer does,
     *     else 0; 0 for a user who does not count for others yet
     * @param toSubtract counted events to subtract from popularity, because no interaction with the
     *     item remains
     * @param toAdd what to add, because the basket counts from now on
     */
    public record Change(
            boolean counted,
            RatingChange rating,
            int likes,
            List<CountedEvent> toSubtract,
            Admitted toAdd) {
        private static final Change NOTHING =
                new Change(false, RatingChange.NONE, 0, List.of(), Admitted.NOTHING);
    }

    /**
     * What a basket did while it waited.
     *
     * @param events to add to popularity
     * @param opinions ratings and likes to count
     */
    public record Admitted(List<CountedEvent> events, List<Opinion> opinions) {
        private static final Admitted NOTHING = new Admitted(List.of(), List.of());

        private Admitted and(Admitted other) {
            List<CountedEvent> allEvents = new ArrayList<>(events);
            allEvents.addAll(other.events);
            List<Opinion> allOpinions = new ArrayList<>(opinions);
            allOpinions.addAll(other.opinions);
            return new Admitted(allEvents, allOpinions);
        }
    }

    /**
     * A user's rating and like of an item.
     *
     * @param halfStars 0 for no rating
     */
    public record Opinion(int item, int halfStars, boolean liked) {}

    /**
     * The effect of a merge.
     *
     * @param replaced ratings that are no longer part of any basket
     * @param doubleLikes items of which one like is no longer part of any basket
     * @param toAdd what to add, because their basket counts from now on
     */
    public record Merged(
            List<MergedEntries.Rating> replaced, List<Integer> doubleLikes, Admitted toAdd) {}

    /**
     * The content of a basket that was removed.
     *
     * @param entries entries as in {@link BasketEntries}
     * @param counted every event of the basket that is known to have been counted for popularity
     * @param wasWaiting whether the basket did not count for others yet
     */
    @SuppressWarnings("ArrayRecordComponent") // never modified
    public record Forgotten(int[] entries, List<CountedEvent> counted, boolean wasWaiting) {
        private static final Forgotten NOTHING =
                new Forgotten(BasketEntries.NONE, List.of(), false);
    }

    /**
     * What an interaction adds to an entry.
     *
     * @param units its strength, in units of entries
     * @param halfStars 0 for no rating
     * @param mark its place and type ({@link CountedEvents#mark})
     */
    private record Addition(int item, int time, int units, int halfStars, boolean like, int mark) {}

    private final Longs.Draft keys;
    private final Slots.Draft index;
    private final Refs.Draft<int[]> rows;
    private final Refs.Draft<int[]> earlier;
    private final Ints.Draft waiting;
    private final ActivityList activity;
    private final ItemHoldersDraft holders;
    private final Refs.Draft<int[]> cohorts;
    private final CohortSizes.Draft cohortSizes;
    private int entries;
    private int countedEvents;
    private int users;

    BasketsDraft(Baskets from) {
        keys = from.keys().draft();
        index = from.index().draft();
        rows = from.rows().draft();
        earlier = from.earlier().draft();
        waiting = from.waiting().draft();
        activity = new ActivityList(from.activity(), from.keys().size());
        holders = new ItemHoldersDraft(from.holders());
        cohorts = from.cohorts().draft();
        cohortSizes = new CohortSizes.Draft(from.cohortSizes());
        entries = from.entries();
        countedEvents = from.counted();
        users = from.users();
    }

    /**
     * Returns whether a user's interactions do not count for others yet: nothing of the user was
     * known a given time ago.
     *
     * @param receivedAt when the present event was received, a {@link ModelTime}
     * @param wait the time in seconds; 0 for a user who counts at once
     */
    public boolean waits(Pseudonym user, int receivedAt, int wait) {
        int slot = slot(user);
        if (wait == 0 || (slot >= 0 && waiting.get(slot) == ModelTime.NEVER)) {
            return false;
        }
        return slot < 0 || receivedAt - waiting.get(slot) < wait;
    }

    /**
     * Adds an interaction with an item to a user's basket.
     *
     * @param receivedAt when the event was received, a {@link ModelTime}
     * @param waits whether the user's interactions do not count for others yet ({@link #waits});
     *     they are kept, and count once the user no longer waits
     * @param time a {@link ModelTime}
     * @param place a {@link dev.freshet.model.popularity.CountryDevice}
     * @param mostEntries bound of the entries in all baskets; beyond it the least recently active
     *     baskets are evicted
     */
    public Change interact(
            Pseudonym user,
            int item,
            int time,
            EventType type,
            int place,
            float strength,
            float stars,
            int receivedAt,
            boolean waits,
            int mostEntries) {
        boolean isNew = slot(user) < 0;
        int slot = slotFor(user);
        activity.touch(slot);
        if (isNew && waits) {
            waiting.set(slot, receivedAt);
        }
        Admitted toAdd = waits ? Admitted.NOTHING : admit(slot);
        Addition added =
                new Addition(
                        item,
                        time,
                        BasketEntries.units(strength),
                        BasketEntries.halfStars(stars),
                        type == EventType.LIKE,
                        CountedEvents.mark(place, type.number()));
        int at = BasketEntries.find(basket(slot), item);
        Change change =
                at < 0 ? addEntry(slot, added, waits, toAdd) : addTo(slot, at, added, waits, toAdd);
        keepWithin(mostEntries, slot);
        return change;
    }

    /** Adds an entry to a basket; from a full one the oldest is dropped. */
    private Change addEntry(int slot, Addition added, boolean waits, Admitted toAdd) {
        boolean counts = added.units > 0 && !waits;
        int packed = BasketEntries.pack(added.units, 1, added.halfStars, added.like);
        int countedAt = counts ? added.time : ModelTime.NEVER;
        int mark = added.units > 0 ? added.mark : 0;
        int[] basket =
                BasketEntries.append(basket(slot), added.item, added.time, packed, countedAt, mark);
        rows.set(slot, basket);
        entries++;
        if (!waits) {
            holders.add(slot, basket, BasketEntries.size(basket) - 1);
        }
        if (added.halfStars > 0) {
            holders.addRating(slot, added.item);
        }
        if (BasketEntries.size(basket) > ModelSettings.BASKET_ENTRIES) {
            drop(slot, 0);
        }
        return change(counts, RatingChange.added(added.halfStars), added.like, waits, toAdd);
    }

    /** Adds an interaction to an entry of a basket. It counts if it is the first of its day. */
    private Change addTo(int slot, int at, Addition added, boolean waits, Admitted toAdd) {
        int[] basket = basket(slot);
        int countedAt = BasketEntries.countedAt(basket, at);
        boolean counts =
                added.units > 0
                        && !waits
                        && (countedAt == ModelTime.NEVER
                                || ModelTime.day(added.time) > ModelTime.day(countedAt));
        int mark = BasketEntries.mark(basket, at);
        if (counts && countedAt != ModelTime.NEVER) {
            earlier(slot, CountedEvents.append(earlier(slot), added.item, countedAt, mark));
        }
        int lastAt = BasketEntries.lastInteractionAt(basket, at);
        int rated = BasketEntries.halfStars(basket, at);
        boolean rates = added.halfStars > 0 && (rated == 0 || added.time >= lastAt);
        RatingChange rating = new RatingChange(rated, rates ? added.halfStars : rated);
        boolean liked = BasketEntries.liked(basket, at);
        int packed =
                BasketEntries.pack(
                        BasketEntries.units(basket, at) + added.units,
                        BasketEntries.events(basket, at) + 1,
                        rating.after(),
                        liked || added.like);
        write(
                slot,
                at,
                Math.max(added.time, lastAt),
                packed,
                counts ? added.time : countedAt,
                counts || (waits && added.units > 0) ? added.mark : mark);
        return change(counts, rating, added.like && !liked, waits, toAdd);
    }

    /**
     * Returns the effect of an interaction.
     *
     * @param likes whether the user likes the item from now on
     */
    private static Change change(
            boolean counts, RatingChange rating, boolean likes, boolean waits, Admitted toAdd) {
        return new Change(
                counts,
                waits ? RatingChange.NONE : rating,
                likes && !waits ? 1 : 0,
                List.of(),
                toAdd);
    }

    /**
     * Sets the cohorts of a user who has a basket; without effect where there is none, and while
     * the basket waits.
     *
     * @param given distinct, ascending; of these, the ones that there is room for
     */
    public void join(Pseudonym user, List<Integer> given) {
        int slot = slot(user);
        if (slot < 0 || isWaiting(slot)) {
            return;
        }
        int[] before = cohorts(slot);
        if (before.length == given.size()
                && IntStream.range(0, before.length).allMatch(at -> before[at] == given.get(at))) {
            return;
        }
        leave(slot);
        int[] joined =
                given.stream().mapToInt(Integer::intValue).filter(cohortSizes::admits).toArray();
        if (joined.length > 0) {
            cohortSizes.add(joined, 1);
            cohorts.set(slot, joined);
        }
    }

    private void leave(int slot) {
        int[] before = cohorts(slot);
        if (before.length > 0) {
            cohortSizes.add(before, -1);
            cohorts.set(slot, null);
        }
    }

    private int[] cohorts(int slot) {
        int[] known = cohorts.get(slot);
        return known == null ? BasketEntries.NONE : known;
    }

    /**
     * Lets a basket that waited count from now on, with each of its positive entries at the time of
     * its latest interaction.
     *
     * @return what is to be counted
     */
    private Admitted admit(int slot) {
        if (!isWaiting(slot)) {
            return Admitted.NOTHING;
        }
        waiting.set(slot, ModelTime.NEVER);
        int[] basket = basket(slot).clone();
        List<CountedEvent> counted = new ArrayList<>();
        List<Opinion> opinions = new ArrayList<>();
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            int halfStars = BasketEntries.halfStars(basket, at);
            boolean liked = BasketEntries.liked(basket, at);
            if (halfStars > 0 || liked) {
                opinions.add(new Opinion(BasketEntries.item(basket, at), halfStars, liked));
            }
            if (BasketEntries.positive(basket, at)) {
                int item = BasketEntries.item(basket, at);
                int time = BasketEntries.lastInteractionAt(basket, at);
                int mark = BasketEntries.mark(basket, at);
                int packed = BasketEntries.packed(basket, at);
                BasketEntries.write(basket, at, item, time, packed, time, mark);
                holders.add(slot, basket, at);
                counted.add(new CountedEvent(item, time, CountedEvents.place(mark)));
            } else {
                holders.add(slot, basket, at);
            }
        }
        rows.set(slot, basket);
        return new Admitted(counted, opinions);
    }

    private boolean isWaiting(int slot) {
        return waiting.get(slot) != ModelTime.NEVER;
    }

    /**
     * Removes an interaction that was retracted. A retracted rating leaves the item without a
     * rating, unless a later rating has replaced it; a retracted like leaves it without a like. If
     * the interaction is the latest that was counted, the one counted before it becomes the latest.
     */
    public Change retract(
            Pseudonym user,
            int item,
            int time,
            EventType type,
            int place,
            float strength,
            float stars) {
        int slot = slot(user);
        int at = slot < 0 ? -1 : BasketEntries.find(basket(slot), item);
        if (at < 0) {
            return Change.NOTHING;
        }
        int[] basket = basket(slot);
        int countedAt = BasketEntries.countedAt(basket, at);
        int mark = BasketEntries.mark(basket, at);
        int takenBack = CountedEvents.mark(place, type.number());
        boolean latest = countedAt == time && CountedEvents.isOf(mark, takenBack);
        int before =
                latest
                        ? CountedEvents.latest(earlier(slot), item)
                        : CountedEvents.find(earlier(slot), item, time, takenBack);
        boolean counted = latest || before >= 0;
        if (latest) {
            countedAt = before < 0 ? ModelTime.NEVER : CountedEvents.time(earlier(slot), before);
            mark = before < 0 ? 0 : CountedEvents.mark(earlier(slot), before);
        }
        if (before >= 0) {
            earlier(slot, CountedEvents.remove(earlier(slot), before));
        }
        int events = BasketEntries.events(basket, at) - 1;
        int rated = BasketEntries.halfStars(basket, at);
        boolean ratingRemoved =
                events <= 0 || (stars > 0 && BasketEntries.halfStars(stars) == rated);
        int remainingRating = ratingRemoved ? 0 : rated;
        boolean liked = BasketEntries.liked(basket, at);
        boolean likes = liked && events > 0 && type != EventType.LIKE;
        boolean waits = isWaiting(slot);
        int units =
                BasketEntries.units(basket, at) - (events <= 0 ? 0 : BasketEntries.units(strength));
        write(
                slot,
                at,
                BasketEntries.lastInteractionAt(basket, at),
                BasketEntries.pack(units, Math.max(0, events), remainingRating, likes),
                countedAt,
                mark);
        List<CountedEvent> toSubtract = events <= 0 ? dropEntry(slot, at) : List.of();
        return new Change(
                counted,
                waits ? RatingChange.NONE : new RatingChange(rated, remainingRating),
                liked && !likes && !waits ? -1 : 0,
                toSubtract,
                Admitted.NOTHING);
    }

    /**
     * Removes an entry without remaining interactions, and the basket along with its last entry.
     */
    private List<CountedEvent> dropEntry(int slot, int at) {
        int[] entry = BasketEntries.only(basket(slot), at);
        List<CountedEvent> toSubtract = CountedEvents.all(entry, earlier(slot));
        drop(slot, at);
        if (basket(slot).length == 0) {
            forgetSlot(slot);
        }
        return toSubtract;
    }

    /**
     * Evicts the least recently active baskets; from the last one left, the oldest events counted
     * earlier.
     */
    private void keepWithin(int mostEntries, int slot) {
        while (entries + countedEvents > mostEntries) {
            if (activity.oldest() != slot) {
                forgetSlot(activity.oldest());
            } else {
                earlier(slot, CountedEvents.remove(earlier(slot), 0));
            }
        }
    }

    /**
     * Merges one user's basket into another's, ordered by latest interaction; the latest entries
     * are kept. What waited counts from now on. The user keeps the cohorts of {@code into}, where
     * it has any.
     */
    public Merged merge(Pseudonym from, Pseudonym into) {
        int source = slot(from);
        if (source < 0 || from.equals(into)) {
            return new Merged(List.of(), List.of(), Admitted.NOTHING);
        }
        int target = slotFor(into);
        Admitted toAdd = admit(source).and(admit(target));
        activity.touch(target);
        MergedEntries both =
                new MergedEntries(basket(source), earlier(source), basket(target), earlier(target));
        int[] merged = both.entries();
        int[] ofSource = cohorts(source);
        forgetSlot(source);
        if (cohorts(target).length == 0 && ofSource.length > 0) {
            cohortSizes.add(ofSource, 1);
            cohorts.set(target, ofSource);
        }
        clear(target);
        for (int at = 0; at < BasketEntries.size(merged); at++) {
            holders.add(target, merged, at);
            if (BasketEntries.halfStars(merged, at) > 0) {
                holders.addRating(target, BasketEntries.item(merged, at));
            }
        }
        rows.set(target, merged);
        entries += BasketEntries.size(merged);
        earlier(target, both.earlier());
        return new Merged(both.replacedRatings(), both.doubleLikes(), toAdd);
    }

    /** Removes a user's basket and returns its content. */
    public Forgotten forget(Pseudonym user) {
        int slot = slot(user);
        if (slot < 0) {
            return Forgotten.NOTHING;
        }
        int[] basket = basket(slot);
        Forgotten forgotten =
                new Forgotten(basket, CountedEvents.all(basket, earlier(slot)), isWaiting(slot));
        forgetSlot(slot);
        return forgotten;
    }

    /**
     * Adds a basket when a snapshot is read. The user becomes the most recently active one;
     * postings are restored separately.
     *
     * @param waitingSince when the first event of a basket that does not count yet was received, a
     *     {@link ModelTime}; 0 for a basket that counts
     * @param ofCohorts the cohorts of the user, ascending
     */
    public int restore(
            long key, int waitingSince, int[] basket, int[] earlierEvents, int[] ofCohorts) {
        int slot = slotFor(new Pseudonym(key));
        if (waitingSince != ModelTime.NEVER) {
            waiting.set(slot, waitingSince);
        }
        rows.set(slot, basket);
        earlier(slot, earlierEvents);
        if (ofCohorts.length > 0) {
            cohortSizes.add(ofCohorts, 1);
            cohorts.set(slot, ofCohorts);
        }
        entries += BasketEntries.size(basket);
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            if (BasketEntries.positive(basket, at) && !isWaiting(slot)) {
                holders.restore(basket, at);
            }
        }
        return slot;
    }

    /** Sets an item's postings when a snapshot is read. */
    public void restorePostings(int item, int[] slots) {
        holders.restorePostings(item, slots);
    }

    /** Sets an item's postings without positive strength when a snapshot is read. */
    public void restoreUnliked(int item, int[] slots) {
        holders.restoreUnliked(item, slots);
    }

    /** Sets an item's raters when a snapshot is read. */
    public void restoreRaters(int item, int[] slots) {
        holders.restoreRaters(item, slots);
    }

    /** Returns a view of the current content without copying, valid only until the next change. */
    public Baskets peek() {
        return new Baskets(
                keys.peek(),
                index.peek(),
                rows.peek(),
                earlier.peek(),
                waiting.peek(),
                activity.peek(),
                holders.peek(),
                cohorts.peek(),
                cohortSizes.peek(),
                entries,
                countedEvents,
                users);
    }

    /** Returns the content as an immutable value; this draft can be continued. */
    public Baskets seal() {
        return new Baskets(
                keys.seal(),
                index.seal(),
                rows.seal(),
                earlier.seal(),
                waiting.seal(),
                activity.seal(),
                holders.seal(),
                cohorts.seal(),
                cohortSizes.seal(),
                entries,
                countedEvents,
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
        rows.set(slot, BasketEntries.NONE);
        users++;
        return slot;
    }

    private int[] basket(int slot) {
        int[] row = rows.get(slot);
        return row == null ? BasketEntries.NONE : row;
    }

    private int[] earlier(int slot) {
        int[] counted = earlier.get(slot);
        return counted == null ? BasketEntries.NONE : counted;
    }

    private void earlier(int slot, int[] counted) {
        int before = CountedEvents.size(earlier(slot));
        if (before > 0 || counted.length > 0) {
            countedEvents += CountedEvents.size(counted) - before;
            earlier.set(slot, counted.length == 0 ? null : counted);
        }
    }

    private void write(
            int slot, int at, int lastInteractionAt, int packed, int countedAt, int mark) {
        int[] before = basket(slot);
        int[] after = BasketEntries.replace(before, at, lastInteractionAt, packed, countedAt, mark);
        rows.set(slot, after);
        int item = BasketEntries.item(after, at);
        if (!isWaiting(slot)) {
            holders.replace(slot, before, after, at);
        }
        boolean ratedBefore = BasketEntries.halfStars(before, at) > 0;
        boolean ratedAfter = BasketEntries.halfStars(after, at) > 0;
        if (ratedAfter && !ratedBefore) {
            holders.addRating(slot, item);
        } else if (ratedBefore && !ratedAfter) {
            holders.removeRating(slot, item);
        }
    }

    private void drop(int slot, int at) {
        int[] basket = basket(slot);
        if (!isWaiting(slot)) {
            holders.remove(slot, basket, at);
        }
        if (BasketEntries.halfStars(basket, at) > 0) {
            holders.removeRating(slot, BasketEntries.item(basket, at));
        }
        rows.set(slot, BasketEntries.remove(basket, at));
        earlier(slot, CountedEvents.without(earlier(slot), BasketEntries.item(basket, at)));
        entries--;
    }

    private void clear(int slot) {
        int[] basket = basket(slot);
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            if (!isWaiting(slot)) {
                holders.remove(slot, basket, at);
            }
            if (BasketEntries.halfStars(basket, at) > 0) {
                holders.removeRating(slot, BasketEntries.item(basket, at));
            }
        }
        entries -= BasketEntries.size(basket);
        rows.set(slot, BasketEntries.NONE);
        earlier(slot, BasketEntries.NONE);
    }

    private void forgetSlot(int slot) {
        clear(slot);
        leave(slot);
        index.remove(slot, at -> Baskets.hash(keys.get(at)));
        rows.set(slot, null);
        if (isWaiting(slot)) {
            waiting.set(slot, ModelTime.NEVER);
        }
        keys.set(slot, 0);
        activity.release(slot);
        users--;
    }
}
