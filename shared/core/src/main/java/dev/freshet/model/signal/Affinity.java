package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.NaturalLog;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much likelier than usual a reader takes what bears a tag or comes from an author: per name
 * the lift ln((c + m·r) / (n + m) / r), where c is the items with that name that the reader liked,
 * n those and the times that others with that name were shown in vain, r the reader's usual rate of
 * taking what is shown, and m {@value #TRUST} showings of doubt. Coarser than {@link
 * dev.freshet.model.content.Content}, surer after one click, and what is shown again and again in
 * vain loses. The smoothed odds of naive Bayes.
 */
final class Affinity {
    /** Showings at the usual rate that every name is given beforehand. */
    static final float TRUST = 3;

    /** The rate taken for granted of somebody unknown, and how many showings it is worth. */
    static final float USUAL_RATE = 0.1f;

    static final float USUAL_SHOWINGS = 10;

    /** A disliked item is worth so many showings in vain. */
    static final float DISLIKED_SHOWINGS = 5;

    /** What became of the items with one name. */
    static final class Tally {
        private float liked;
        private float inVain;
    }

    private final Map<String, Tally> tags = new HashMap<>();
    private final Map<String, Tally> authors = new HashMap<>();
    private final double liked;
    private final double showings;
    private final double rate;

    Affinity(ItemTable items, Preferences preferences) {
        double likings = USUAL_RATE * USUAL_SHOWINGS;
        double all = USUAL_SHOWINGS;
        for (int rank = 0; rank < preferences.size(); rank++) {
            float weight = preferences.weight(rank);
            add(items.item(preferences.items()[rank]), weight, 0);
            likings += weight;
            all += weight;
        }
        for (int item : preferences.disliked()) {
            add(items.item(item), 0, DISLIKED_SHOWINGS);
            all += DISLIKED_SHOWINGS;
        }
        for (int at = 0; at < preferences.ignored().length; at++) {
            add(items.item(preferences.ignored()[at]), 0, preferences.showings()[at]);
            all += preferences.showings()[at];
        }
        liked = likings;
        showings = all;
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

    /** What is known of items with this tag, or null for nothing. */
    @Nullable Tally tag(String tag) {
        return tags.get(tag);
    }

    /** What is known of items by this author, likewise. */
    @Nullable Tally author(String author) {
        return authors.get(author);
    }

    /** The reader's usual rate, had so much less been liked. */
    double rateWithout(float gone) {
        return (liked - gone) / (showings - gone);
    }

    /**
     * The lift of a name, before the logarithm; 1 for one of which nothing is known.
     *
     * @param gone so much less was liked
     * @param rate the usual rate
     */
    static double odds(@Nullable Tally tally, float gone, double rate) {
        if (tally == null) {
            return 1;
        }
        double taken = Math.max(0, tally.liked - gone);
        return (taken + TRUST * rate) / (taken + tally.inVain + TRUST) / rate;
    }

    private double lift(@Nullable Tally tally) {
        return tally == null ? 0 : NaturalLog.of(odds(tally, 0, rate));
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
