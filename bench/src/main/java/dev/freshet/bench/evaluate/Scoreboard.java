package dev.freshet.bench.evaluate;

import java.util.Arrays;
import java.util.BitSet;

/** Ranks of one contender at each of the {@link Moments}. Filled by one thread. */
final class Scoreboard {
    /** Kind of an entry. */
    enum Kind {
        BLEND,
        SOURCE,
        BASELINE
    }

    private final String name;
    private final Kind kind;
    private final float[] ranks;
    private final BitSet recommended = new BitSet();
    private double surprise;
    private long places;

    /**
     * Creates a board on which every moment is a miss.
     *
     * @param moments number of moments
     */
    Scoreboard(String name, Kind kind, int moments) {
        this.name = name;
        this.kind = kind;
        ranks = new float[moments];
        Arrays.fill(ranks, RankedPlace.MISS);
    }

    String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    /** Records the place of the actual item at this moment. */
    void put(int moment, RankedPlace place) {
        ranks[moment] = place.rank();
    }

    /** Records one item of the list that would have been shown. */
    void show(int item, double itsSurprise) {
        recommended.set(item);
        surprise += itsSurprise;
        places++;
    }

    /** Returns the expected rank, from 1; {@link RankedPlace#MISS} for a new item. */
    float rank(int moment) {
        return ranks[moment];
    }

    /** Returns whether the item was among the first {@code depth}. */
    boolean hit(int moment, int depth) {
        return ranks[moment] <= depth;
    }

    /** Returns the reciprocal rank, 0 beyond the depth. */
    double reciprocal(int moment, int depth) {
        return hit(moment, depth) ? 1 / (double) ranks[moment] : 0;
    }

    /** Returns the number of distinct items shown at any moment. */
    int distinctShown() {
        return recommended.cardinality();
    }

    /** Returns the mean self-information of the shown items, in bits. */
    double novelty() {
        return places == 0 ? 0 : surprise / places;
    }
}
