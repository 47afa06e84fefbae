package dev.freshet.bench.evaluate;

import java.util.Arrays;
import java.util.BitSet;

/** What one contender did at each of the {@link Moments}. Filled by one thread. */
final class Scoreboard {
    /** What stands on a board. */
    enum Kind {
        BLEND,
        SOURCE,
        RIVAL
    }

    private final String name;
    private final Kind kind;
    private final float[] ranks;
    private final BitSet recommended = new BitSet();
    private double surprise;
    private long places;

    /**
     * An empty board: everything a miss.
     *
     * @param moments how many there are
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

    /** Notes where the item really met stood at this moment. */
    void put(int moment, RankedPlace place) {
        ranks[moment] = place.rank();
    }

    /** Notes one item of the list that would have been shown. */
    void show(int item, double itsSurprise) {
        recommended.set(item);
        surprise += itsSurprise;
        places++;
    }

    /** The expected rank, from 1; {@link RankedPlace#MISS} for an item never met before. */
    float rank(int moment) {
        return ranks[moment];
    }

    /** Whether it stood among the first so many. */
    boolean hit(int moment, int depth) {
        return ranks[moment] <= depth;
    }

    /** One over the rank, 0 beyond the depth. */
    double reciprocal(int moment, int depth) {
        return hit(moment, depth) ? 1 / (double) ranks[moment] : 0;
    }

    /** Distinct items shown at any moment. */
    int distinctShown() {
        return recommended.cardinality();
    }

    /** Mean surprise of what was shown, in bits. */
    double novelty() {
        return places == 0 ? 0 : surprise / places;
    }
}
