package dev.freshet.model.rating;

import dev.freshet.model.popularity.Opinions;
import dev.freshet.model.popularity.Visibility;

/**
 * Likes and ratings of items that enough different people gave: as many likes as people have to be
 * behind a count, and as many ratings, but at least {@value #LEAST_RATERS}.
 */
public record VisibleOpinions(RatingCounts counts, Visibility visibility) implements Opinions {
    /** Users who have to rate an item before its stars mean something. */
    public static final int LEAST_RATERS = 5;

    @Override
    public int likes(int item) {
        int likes = counts.likes().get(item);
        return likes >= visibility.people() ? likes : 0;
    }

    @Override
    public double stars(int item) {
        double mean = counts.mean();
        return isRated(item) ? mean + counts.bias(item, mean) : 0;
    }

    /** Returns whether enough different people rated an item for others to learn of it. */
    public boolean isRated(int item) {
        return counts.counts().get(item) >= Math.max(LEAST_RATERS, visibility.people());
    }
}
