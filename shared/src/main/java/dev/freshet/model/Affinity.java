package dev.freshet.model;

import dev.freshet.feature.Item;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much likelier than usual a reader takes what bears a tag or comes from an author: per name
 * the lift ln((c + m·r) / (n + m) / r), where c is the items with that name that the reader liked,
 * n those and the times that others with that name were shown in vain, r the reader's usual rate of
 * taking what is shown, and m {@value #TRUST} showings of doubt. Coarser than {@link Content},
 * surer after one click, and what is shown again and again in vain loses. The smoothed odds of
 * naive Bayes.
 */
final class Affinity {
    /** Showings at the usual rate that every name is given beforehand. */
    static final float TRUST = 3;

    /** The rate taken for granted of somebody unknown, and how many showings it is worth. */
    static final float USUAL_RATE = 0.1f;

    static final float USUAL_SHOWINGS = 10;

    /** A disliked item is worth so many showings in vain. */
    static final float DISLIKED_SHOWINGS = 5;

    private static final class Tally {
        private float liked;
        private float inVain;
    }

    private final Map<String, Tally> tags = new HashMap<>();
    private final Map<String, Tally> authors = new HashMap<>();
    private final double rate;

    Affinity(ItemTable items, Taste taste) {
        double liked = USUAL_RATE * USUAL_SHOWINGS;
        double showings = USUAL_SHOWINGS;
        for (int rank = 0; rank < taste.size(); rank++) {
            float weight = taste.weight(rank);
            add(items.item(taste.items()[rank]), weight, 0);
            liked += weight;
            showings += weight;
        }
        for (int item : taste.disliked()) {
            add(items.item(item), 0, DISLIKED_SHOWINGS);
            showings += DISLIKED_SHOWINGS;
        }
        for (int at = 0; at < taste.ignored().length; at++) {
            add(items.item(taste.ignored()[at]), 0, taste.showings()[at]);
            showings += taste.showings()[at];
        }
        rate = liked / showings;
    }

    /** The sum of the lifts of the item's tags over the root of their number; mostly −2 to 2. */
    float tags(Item item) {
        if (tags.isEmpty() || item.tags().isEmpty()) {
            return 0;
        }
        double sum = 0;
        for (String tag : item.tags()) {
            sum += lift(tags.get(tag));
        }
        return (float) (sum / Math.sqrt(item.tags().size()));
    }

    /** The lift of the item's author, mostly −2 to 2. */
    float author(Item item) {
        return item.author() == null ? 0 : (float) lift(authors.get(item.author()));
    }

    private double lift(@Nullable Tally tally) {
        if (tally == null) {
            return 0;
        }
        double taken = tally.liked + TRUST * rate;
        return Ln.of(taken / (tally.liked + tally.inVain + TRUST) / rate);
    }

    private void add(Item item, float liked, float inVain) {
        for (String tag : item.tags()) {
            add(tags, tag, liked, inVain);
        }
        if (item.author() != null) {
            add(authors, item.author(), liked, inVain);
        }
    }

    private static void add(Map<String, Tally> tallies, String name, float liked, float inVain) {
        Tally tally = tallies.computeIfAbsent(name, key -> new Tally());
        tally.liked += liked;
        tally.inVain += inVain;
    }
}
