package dev.freshet.model.item;

import dev.freshet.catalog.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's ratings of the labels of one item: of its tags and its author, from the user's ratings
 * of other items with the same labels.
 */
public final class LabelRatings {
    private final List<String> tags;
    private final @Nullable String author;
    private final double[] sums;
    private final double[] weights;

    /** Creates empty ratings of an item's labels. */
    public LabelRatings(Item item) {
        tags = new ArrayList<>(item.tags());
        author = item.author();
        sums = new double[size()];
        weights = new double[size()];
    }

    /** Returns the number of labels. */
    public int size() {
        return tags.size() + (author == null ? 0 : 1);
    }

    /**
     * Adds the user's rating of another item. Its rating is divided evenly among its tags.
     *
     * @param above the rating, in stars above the expected one
     */
    public void add(Item rated, double above) {
        for (String tag : rated.tags()) {
            int label = tags.indexOf(tag);
            if (label >= 0) {
                sums[label] += above / rated.tags().size();
                weights[label] += 1.0 / rated.tags().size();
            }
        }
        if (author != null && author.equals(rated.author())) {
            sums[tags.size()] += above;
            weights[tags.size()]++;
        }
    }

    /**
     * Returns the mean over the labels of each label's mean rating; 0 without labels.
     *
     * @param trust number of ratings of 0 that each label starts with
     */
    public double mean(double trust) {
        double sum = 0;
        for (int label = 0; label < sums.length; label++) {
            sum += sums[label] / (weights[label] + trust);
        }
        return sums.length == 0 ? 0 : sum / sums.length;
    }
}
