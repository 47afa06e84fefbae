package dev.freshet.model;

import dev.freshet.feature.Item;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tags and authors a reader's items share: per name, the share of the taste's weight on items
 * that bear it, less a part for disliked ones. Coarser than {@link Content}, and surer after one
 * click.
 */
final class Affinity {
    private final ItemTable items;
    private final Map<String, Float> tags = new HashMap<>();
    private final Map<String, Float> authors = new HashMap<>();

    Affinity(ItemTable items, Taste taste) {
        this.items = items;
        float all = 0;
        for (int rank = 0; rank < taste.size(); rank++) {
            all += taste.weight(rank);
        }
        for (int rank = 0; rank < taste.size(); rank++) {
            add(items.item(taste.items()[rank]), taste.weight(rank) / all);
        }
        for (int item : taste.disliked()) {
            add(items.item(item), -Content.DISLIKE / Math.max(1, taste.met()));
        }
    }

    /**
     * How well an item's tags fit: the sum of their shares, each by its rarity ln(1 + N/n) / ln(1 +
     * N), over the root of their number; −1 to √{tags}, mostly 0 to 1.
     */
    float tags(Item item) {
        if (tags.isEmpty() || item.tags().isEmpty()) {
            return 0;
        }
        double most = Math.log1p(items.size());
        double sum = 0;
        for (String tag : item.tags()) {
            Float share = tags.get(tag);
            if (share != null) {
                int bearers = Math.max(1, items.withTag(tag).length);
                sum += share * Math.log1p((double) items.size() / bearers) / most;
            }
        }
        return (float) (sum / Math.sqrt(item.tags().size()));
    }

    /** The share of the item's author, −1 to 1. */
    float author(Item item) {
        return item.author() == null ? 0 : authors.getOrDefault(item.author(), 0f);
    }

    private void add(Item item, float share) {
        for (String tag : item.tags()) {
            tags.merge(tag, share, Float::sum);
        }
        merge(authors, item.author(), share);
    }

    private static void merge(Map<String, Float> shares, @Nullable String name, float share) {
        if (name != null) {
            shares.merge(name, share, Float::sum);
        }
    }
}
