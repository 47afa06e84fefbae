package dev.freshet.model.vectors;

import dev.freshet.model.history.Preferences;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a model, as far as enough people are in them. A user's segment is that of the
 * centre nearest to the direction of the user's vector, computed from the latest items when it is
 * asked for. Not thread-safe.
 */
public final class Segments {
    private final SegmentState state;
    private final UserVectors users;

    /** Creates queries over segments. */
    public Segments(SegmentState state, Factors factors) {
        this.state = state;
        users = new UserVectors(factors);
    }

    /** Returns whether there is no segment. */
    public boolean isEmpty() {
        return state.segments().isEmpty();
    }

    /** Returns the segments of at least {@value Segment#LEAST_PEOPLE} people, by number. */
    public List<Segment> disclosed() {
        return state.segments().stream().filter(Segment::isTold).toList();
    }

    /** Returns the number of users that the segments were drawn from. */
    public int people() {
        return state.people();
    }

    /** Returns the day of the drawing, since 1970-01-01 in UTC; 0 before the first. */
    public int day() {
        return state.day();
    }

    /**
     * Returns the segment of a user; null where too little is known of the user, or too few people
     * are in the segment.
     */
    public @Nullable Segment of(Preferences preferences) {
        if (isEmpty()) {
            return null;
        }
        float[] vector = users.of(preferences);
        if (vector == null) {
            return null;
        }
        Segment nearest = state.segments().get(KMeans.nearest(vector, state.centres()));
        return nearest.isTold() ? nearest : null;
    }

    /**
     * The direction of a user's taste: the vector of matrix factorization, folded in from the
     * user's latest items, in coordinates of scores ({@link Factors.ScoreSpace}) and scaled to
     * length 1. How much somebody does is not in it. Not thread-safe.
     */
    static final class UserVectors {
        /** Least number of items with a vector of their own: fewer say too little. */
        static final int LEAST_ITEMS = 3;

        private final Factors factors;
        private final Factors.ScoreSpace space;
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
}
