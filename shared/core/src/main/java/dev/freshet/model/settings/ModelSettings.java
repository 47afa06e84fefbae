package dev.freshet.model.settings;

import static dev.freshet.check.Check.require;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.EventTypes;
import java.util.Set;

/**
 * Bounds and parameters of a model.
 *
 * @param bounds of the state, part of the model and of its snapshots
 * @param catalogue what is done with items that are in no catalogue; the trainer decides, and each
 *     delta hands it on
 * @param baskets parameters of queries over baskets; not part of snapshots, since only later
 *     learning depends on them
 * @param kAnonymity number of different people from which on what they did is visible to others: in
 *     counts, and in pairs of items; 1 to {@value #MAX_K_ANONYMITY}, where 1 hides nothing; not
 *     part of snapshots, since the model is only read by it
 * @param objective what interactions weigh when the blend learns from them; not part of snapshots,
 *     since only later learning depends on it
 * @param eventTypes the types of events that conditions of stored rules and experiments can name;
 *     not part of snapshots, since the model is only read by it
 * @param leftOut names of sources and of signals that neither rank nor are learned, as an
 *     evaluation measures what they are worth; empty in a stack, and not part of snapshots
 */
public record ModelSettings(
        Bounds bounds,
        CatalogueMode catalogue,
        BasketSettings baskets,
        int kAnonymity,
        Objective objective,
        EventTypes eventTypes,
        Set<String> leftOut) {
    /** The {@code kAnonymity} of a stack that does not choose another one. */
    public static final int USUAL_K_ANONYMITY = 3;

    /** The largest value of {@code kAnonymity}. */
    public static final int MAX_K_ANONYMITY = 10;

    /** The largest number of entries of a basket; the oldest is dropped first. */
    public static final int BASKET_ENTRIES = 200;

    /** The largest number of baskets remembered per item; the oldest is dropped first. */
    public static final int POSTINGS = 200;

    /**
     * The largest number of terms kept per item: those of the highest TF-IDF when the item was put.
     */
    public static final int TERMS_PER_ITEM = 48;

    /** The largest number of items remembered per term; the oldest is dropped first. */
    public static final int ITEMS_PER_TERM = 500;

    /**
     * One million items in or out of a catalogue, four million basket entries, half a million
     * terms, and counts of any number of people visible.
     */
    public static final ModelSettings DEFAULT =
            new ModelSettings(1_000_000, 4_000_000, 500_000, true);

    /**
     * Bounds of a model's state; the trainer and every replica fold under the same ones.
     *
     * @param maxItems bound of the number of items, deleted ones included; further items and the
     *     events on them are counted and otherwise ignored
     * @param maxEntries bound of basket entries, 20 B each, plus events counted on earlier days, 12
     *     B each; beyond it the least recently active basket is evicted first
     * @param maxTerms bound of distinct terms in the content index; further ones are ignored
     * @param learns whether state is learned by steps ({@link
     *     dev.freshet.model.learn.LearnedState}); otherwise it keeps its initial value
     */
    public record Bounds(int maxItems, int maxEntries, int maxTerms, boolean learns) {
        public Bounds {
            require(
                    maxItems >= 1
                            && maxEntries >= BASKET_ENTRIES
                            && maxTerms >= 1
                            && maxTerms <= 1 << 23,
                    "maxItems must be at least 1, maxEntries at least "
                            + BASKET_ENTRIES
                            + ", maxTerms between 1 and 8388608");
        }

        /**
         * Returns the most items that are in no catalogue: a fifth of {@link #maxItems} is kept for
         * the catalogue, because any client can name an item.
         */
        public int maxUncatalogued() {
            return maxItems - maxItems / 5;
        }
    }

    public ModelSettings {
        require(
                kAnonymity >= 1 && kAnonymity <= MAX_K_ANONYMITY,
                "kAnonymity must be between 1 and " + MAX_K_ANONYMITY);
    }

    /** Creates settings with these bounds and everything else as in {@link #DEFAULT}. */
    public ModelSettings(int maxItems, int maxEntries, int maxTerms, boolean learns) {
        this(
                new Bounds(maxItems, maxEntries, maxTerms, learns),
                CatalogueMode.OPEN,
                BasketSettings.DEFAULT,
                1,
                Objective.EVEN,
                EventTypes.BUILT_IN,
                Set.of());
    }

    /** Returns these settings with other basket settings. */
    public ModelSettings withBaskets(BasketSettings other) {
        return new ModelSettings(
                bounds, catalogue, other, kAnonymity, objective, eventTypes, leftOut);
    }

    /** Returns these settings with another {@code kAnonymity}. */
    public ModelSettings withKAnonymity(int people) {
        return new ModelSettings(
                bounds, catalogue, baskets, people, objective, eventTypes, leftOut);
    }

    /** Returns these settings with other weights of interactions. */
    public ModelSettings withObjective(Objective other) {
        return new ModelSettings(
                bounds, catalogue, baskets, kAnonymity, other, eventTypes, leftOut);
    }

    /** Returns these settings with other types of events that stored conditions can name. */
    public ModelSettings withEventTypes(EventTypes types) {
        return new ModelSettings(bounds, catalogue, baskets, kAnonymity, objective, types, leftOut);
    }

    /** Returns these settings with another treatment of items that are in no catalogue. */
    public ModelSettings withCatalogue(CatalogueMode mode) {
        return new ModelSettings(bounds, mode, baskets, kAnonymity, objective, eventTypes, leftOut);
    }

    /** Returns these settings for a stack without some sources and signals. */
    public ModelSettings without(Set<String> names) {
        return new ModelSettings(
                bounds, catalogue, baskets, kAnonymity, objective, eventTypes, names);
    }
}
