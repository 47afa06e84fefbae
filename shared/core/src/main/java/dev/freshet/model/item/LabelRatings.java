package dev.freshet.model.item;

import dev.freshet.catalog.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item's tags and its author, and how a reader rated other items that bear them. */
public final class LabelRatings {
    private final List<String> tags;
    private final @Nullable String author;
    private final double[] sums;
    private final double[] weights;

    public LabelRatings(Item item) {
        tags = new ArrayList<>(item.tags());
        author = item.author();
        sums = new double[size()];
        weights = new double[size()];
    }

    public int size() {
        return tags.size() + (author == null ? 0 : 1);
    }

    /**
     * Of another item with several tags each tag answers for its part of the rating.
     *
     * @param above the rating, in stars above what was to be expected
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
     * The mean over the labels of each one's mean rating; 0 without labels.
     *
     * @param trust ratings of nothing above that each label is given beforehand
     */
    public double mean(double trust) {
        double sum = 0;
        for (int label = 0; label < sums.length; label++) {
            sum += sums[label] / (weights[label] + trust);
        }
        return sums.length == 0 ? 0 : sum / sums.length;
    }
}
