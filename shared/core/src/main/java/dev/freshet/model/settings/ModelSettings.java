package dev.freshet.model.settings;

/**
 * The bounds that a model keeps. They are part of the model and of its snapshots: the trainer and
 * every replica fold under the same ones.
 *
 * @param maxItems items, deleted ones included; events on items past it are counted and otherwise
 *     ignored
 * @param maxEntries basket entries in all, 20 B each, and what baskets know to have been counted on
 *     earlier days, 12 B each; past it the least recently active basket leaves first
 * @param maxTerms distinct terms of the content index; further ones are ignored
 * @param learns whether what is learned by steps ({@code Learned}) is learned; else it stays as it
 *     starts
 * @param baskets how baskets are read; not kept in snapshots, since nothing kept depends on it but
 *     what is learned from then on
 */
public record ModelSettings(
        int maxItems, int maxEntries, int maxTerms, boolean learns, BasketSettings baskets) {
    /** Entries of one basket; the oldest leaves first. */
    public static final int BASKET_ENTRIES = 200;

    /** Baskets remembered per item; the oldest leaves first. */
    public static final int POSTINGS = 200;

    /** Terms kept per item: those of the highest TF-IDF when it was put. */
    public static final int TERMS_PER_ITEM = 48;

    /** Items remembered per term; the oldest leaves first. */
    public static final int ITEMS_PER_TERM = 500;

    public static final ModelSettings DEFAULT = new ModelSettings(1_000_000, 4_000_000, 500_000);

    /** These bounds, learning. */
    public ModelSettings(int maxItems, int maxEntries, int maxTerms) {
        this(maxItems, maxEntries, maxTerms, true);
    }

    /** These, with baskets read as by default. */
    public ModelSettings(int maxItems, int maxEntries, int maxTerms, boolean learns) {
        this(maxItems, maxEntries, maxTerms, learns, BasketSettings.DEFAULT);
    }

    /** These, with baskets read in another way. */
    public ModelSettings reading(BasketSettings how) {
        return new ModelSettings(maxItems, maxEntries, maxTerms, learns, how);
    }

    public ModelSettings {
        if (maxItems < 1 || maxEntries < BASKET_ENTRIES || maxTerms < 1 || maxTerms > 1 << 23) {
            throw new IllegalArgumentException(
                    "maxItems ≥ 1, maxEntries ≥ " + BASKET_ENTRIES + ", 1 ≤ maxTerms ≤ 8388608");
        }
    }
}
