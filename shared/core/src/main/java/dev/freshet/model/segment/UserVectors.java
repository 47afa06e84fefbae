package dev.freshet.model.segment;

import dev.freshet.model.factor.Factors;
import dev.freshet.model.factor.FoldIn;
import dev.freshet.model.factor.ScoreSpace;
import dev.freshet.model.history.Preferences;
import org.jspecify.annotations.Nullable;

/**
 * The direction of a user's taste: the vector of matrix factorization, folded in from the user's
 * latest items, in coordinates of scores ({@link ScoreSpace}) and scaled to length 1. How much
 * somebody does is not in it. Not thread-safe.
 */
final class UserVectors {
    /** Least number of items with a vector of their own: fewer say too little. */
    static final int LEAST_ITEMS = 3;

    private final Factors factors;
    private final ScoreSpace space;
    private final float[] scratch = new float[Factors.RANK];

    UserVectors(Factors factors) {
        this.factors = factors;
        space = factors.scoreSpace();
    }

    /** Returns the direction, or null where too little is known of the user. */
    float @Nullable [] of(Preferences preferences) {
        FoldIn folded = factors.empty();
        int known = 0;
        for (int rank = 0; rank < preferences.size() && !folded.isFull(); rank++) {
            known += factors.add(folded, preferences, rank, scratch) > 0 ? 1 : 0;
        }
        return known < LEAST_ITEMS ? null : direction(space.of(folded.solve()));
    }

    private static float @Nullable [] direction(double[] coordinates) {
        double squares = 0;
        for (double number : coordinates) {
            squares += number * number;
        }
        if (!(squares > 0) || Double.isInfinite(squares)) {
            return null;
        }
        double length = Math.sqrt(squares);
        float[] direction = new float[coordinates.length];
        for (int at = 0; at < direction.length; at++) {
            direction[at] = (float) (coordinates[at] / length);
        }
        return direction;
    }
}
