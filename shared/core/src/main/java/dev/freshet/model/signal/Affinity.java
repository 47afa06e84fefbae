package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.NaturalLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much likelier than usual a user chooses items with a tag or by an author. For each name it is
 * the lift ln((c + m·p) / (n + m) / r), where c is the number of items with that name that the user
 * liked, n those and the times that others with that name were shown in vain, r the user's usual
 * rate of choosing what is shown, p that rate of an unknown user or r if it is lower, and m a prior
 * of {@value #TRUST} impressions. So a name of which nothing is known promises less than usual to a
 * user who chooses much of what is shown, as that was chosen for the names that it has. Coarser
 * than {@link dev.freshet.model.vectors.Content}, but reliable after one click, and lower for what
 * is shown again and again in vain. These are the smoothed odds of naive Bayes.
 *
 * <p>A request knows what its user was shown in vain, and learning does not. There are therefore
 * two: of what the user liked and disliked alone, whose weight is learned, and with showings.
 */
final class Affinity {
    /** Prior of each name, in impressions at the usual rate. */
    static final float TRUST = 3;

    /** Prior rate of an unknown user; {@link #USUAL_SHOWINGS} is its weight in impressions. */
    static final float USUAL_RATE = 0.1f;

    static final float USUAL_SHOWINGS = 10;

    /** Impressions in vain that a disliked item counts for. */
    static final float DISLIKED_SHOWINGS = 5;

    /** What a name weighs among those of an item beside what is known of it, in impressions. */
    static final float UNSEEN = 0.5f;

    private static final List<String> UNKNOWN = List.of("");

    /** What the user did with the items of one name. */
    private static final class Tally {
        private float liked;
        private float inVain;
    }

    private static final Tally NOTHING = new Tally();

    private final Map<String, Tally> tags = new HashMap<>();
    private final Map<String, Tally> authors = new HashMap<>();
    private final double liked;
    private final double showings;
    private final double rate;

    private Affinity(ItemTable items, Preferences preferences, boolean withShowings) {
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
        for (int at = 0; withShowings && at < preferences.ignored().length; at++) {
            add(items.item(preferences.ignored()[at]), 0, preferences.showings()[at]);
            all += preferences.showings()[at];
        }
        liked = likings;
        showings = all;
        rate = liked / showings;
    }

    /** Returns the affinity by what the user liked and disliked. */
    static Affinity ofLikes(ItemTable items, Preferences preferences) {
        return new Affinity(items, preferences, false);
    }

    /** Returns the affinity by what the user liked, disliked and was shown in vain. */
    static Affinity withShowings(ItemTable items, Preferences preferences) {
        return new Affinity(items, preferences, true);
    }

    /**
     * Returns the mean of the lifts of the item's tags, each as heavy as what is known of it, times
     * the root of their number; mostly −4 to 2. An item without tags has that of a tag of which
     * nothing is known.
     */
    float tags(Item item) {
        return tags.isEmpty() ? 0 : (float) tags(names(item), List.of(), 0);
    }

    /**
     * @param own names of a liked item
     * @param gone the part of its weight that is left out
     */
    private double tags(List<String> names, List<String> own, float gone) {
        double left = rateWithout(gone);
        double sum = 0;
        double evidence = 0;
        for (String name : names) {
            Tally tally = tags.getOrDefault(name, NOTHING);
            float less = own.contains(name) ? gone : 0;
            double known = UNSEEN + Math.max(0, tally.liked - less) + tally.inVain;
            sum += known * lift(tally, less, left);
            evidence += known;
        }
        return Math.sqrt(names.size()) * sum / evidence;
    }

    private static List<String> names(Item item) {
        return item.tags().isEmpty() ? UNKNOWN : item.tags();
    }

    /** Returns the lift of the item's author; mostly −2 to 1. */
    float author(Item item) {
        return item.author() == null
                ? 0
                : (float) lift(authors.getOrDefault(item.author(), NOTHING), 0, rate);
    }

    /**
     * Returns what the lift of an item's tags loses without a part of a liked item: it no longer
     * counts as liked under its names, nor in the user's usual rate. Exact, as {@link
     * #lossOfAuthor}.
     *
     * @param own the liked item
     * @param gone the part of its weight
     */
    double lossOfTags(Item item, Item own, float gone) {
        return tags.isEmpty() ? 0 : tags(item) - tags(names(item), own.tags(), gone);
    }

    /** Returns what the lift of an item's author loses without a part of a liked item. */
    double lossOfAuthor(Item item, Item own, float gone) {
        double with = author(item);
        String author = item.author();
        if (with == 0 || author == null) {
            return 0;
        }
        double left = rateWithout(gone);
        Tally tally = authors.getOrDefault(author, NOTHING);
        return with - lift(tally, author.equals(own.author()) ? gone : 0, left);
    }

    /** Returns the user's usual rate if so much less had been liked. */
    private double rateWithout(float gone) {
        return (liked - gone) / (showings - gone);
    }

    /**
     * Returns the lift of a name.
     *
     * @param gone weight of liked items that is subtracted
     * @param rate the usual rate
     */
    private static double lift(Tally tally, float gone, double rate) {
        double any = Math.min(USUAL_RATE, rate);
        double taken = Math.max(0, tally.liked - gone);
        return NaturalLog.of((taken + TRUST * any) / (taken + tally.inVain + TRUST) / rate);
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
