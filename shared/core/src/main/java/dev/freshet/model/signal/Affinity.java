package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.NaturalLog;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much likelier than usual a user chooses items with a tag or by an author. For each name it is
 * the lift ln((c + m·r) / (n + m) / r), where c is the number of items with that name that the user
 * liked, n those and {@value #DISLIKED_SHOWINGS} for each disliked one, r the user's usual rate of
 * liking, and m a prior of {@value #TRUST} impressions. Coarser than {@link
 * dev.freshet.model.content.Content}, but reliable after one click. These are the smoothed odds of
 * naive Bayes.
 *
 * <p>What was shown to the user in vain is told apart ({@link #inVain}): a request knows it and
 * learning does not, so that a lift that depended on it would be another number in either.
 */
final class Affinity {
    /** Prior of each name, in impressions at the usual rate. */
    static final float TRUST = 3;

    /** Prior rate of an unknown user; {@link #USUAL_SHOWINGS} is its weight in impressions. */
    static final float USUAL_RATE = 0.1f;

    static final float USUAL_SHOWINGS = 10;

    /** Impressions in vain that a disliked item counts for. */
    static final float DISLIKED_SHOWINGS = 5;

    /** What the user did with the items of one name. */
    static final class Tally {
        private float liked;
        private float disliked;
        private float inVain;

        private boolean isOfShowings() {
            return liked == 0 && disliked == 0;
        }
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
            for (String tag : items.item(preferences.ignored()[at]).tags()) {
                tags.computeIfAbsent(tag, key -> new Tally()).inVain += preferences.showings()[at];
            }
        }
        liked = likings;
        showings = all;
        rate = liked / showings;
    }

    /**
     * Returns the sum of the lifts of the item's tags over the root of their number; mostly −2 to
     * 2.
     */
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

    /**
     * Returns the sum of the logarithms of the {@link #dilution} of the item's tags over the root
     * of their number; 0 or less, mostly above −4.
     */
    float inVain(Item item) {
        if (tags.isEmpty() || item.tags().isEmpty()) {
            return 0;
        }
        double dilution = 1;
        for (String tag : item.tags()) {
            dilution *= dilution(tags.get(tag), 0);
        }
        return (float) (NaturalLog.of(dilution) / Math.sqrt(item.tags().size()));
    }

    /** Returns the lift of the item's author; mostly −2 to 2. */
    float author(Item item) {
        return item.author() == null ? 0 : (float) lift(authors.get(item.author()));
    }

    /** Returns the tally of a tag, or null where the user saw none of its items. */
    @Nullable Tally tag(String tag) {
        return tags.get(tag);
    }

    /** Returns the tally of an author, or null where the user saw none of its items. */
    @Nullable Tally author(String author) {
        return authors.get(author);
    }

    /** Returns the user's usual rate if so much less had been liked. */
    double rateWithout(float gone) {
        return (liked - gone) / (showings - gone);
    }

    /**
     * Returns the lift of a name before the logarithm; 1 where nothing is known.
     *
     * @param gone weight of liked items that is subtracted
     * @param rate the usual rate
     */
    static double odds(@Nullable Tally tally, float gone, double rate) {
        if (tally == null || tally.isOfShowings()) {
            return 1;
        }
        double taken = Math.max(0, tally.liked - gone);
        return (taken + TRUST * rate) / (taken + tally.disliked + TRUST) / rate;
    }

    /**
     * Returns the factor by which showings in vain lower the odds of a tag: 1 without any.
     *
     * @param gone weight of liked items that is subtracted
     */
    static double dilution(@Nullable Tally tally, float gone) {
        if (tally == null || tally.inVain == 0) {
            return 1;
        }
        double known = Math.max(0, tally.liked - gone) + tally.disliked + TRUST;
        return known / (known + tally.inVain);
    }

    private double lift(@Nullable Tally tally) {
        return tally == null ? 0 : NaturalLog.of(odds(tally, 0, rate));
    }

    private void add(Item item, float liked, float disliked) {
        for (String tag : item.tags()) {
            add(tags, tag, liked, disliked);
        }
        if (item.author() != null) {
            add(authors, item.author(), liked, disliked);
        }
    }

    private static void add(Map<String, Tally> tallies, String name, float liked, float disliked) {
        Tally tally = tallies.computeIfAbsent(name, key -> new Tally());
        tally.liked += liked;
        tally.disliked += disliked;
    }
}
