package dev.freshet.ranking;

import dev.freshet.model.Model;
import dev.freshet.ranking.RankedList.Ranked;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How varied and how unusual the items of a list are. Nothing is computed before it is asked for;
 * then it costs at most {@value #MAX_PAIRS} comparisons of two items, however long the list is.
 */
public record ListShape(Model model, List<Ranked> list) {
    /** Places from the first that are compared with each other. */
    static final int COMPARED = 20;

    static final int MAX_PAIRS = COMPARED * (COMPARED - 1) / 2;

    /**
     * Returns 1 − the mean likeness of two of the first {@value #COMPARED} items, 0 (all are the
     * same) to 1 (no two have a term or a tag in common); empty for a list of fewer than two.
     */
    public OptionalDouble spread() {
        int compared = Math.min(list.size(), COMPARED);
        if (compared < 2) {
            return OptionalDouble.empty();
        }
        double alike = 0;
        for (int one = 1; one < compared; one++) {
            for (int other = 0; other < one; other++) {
                alike += DiversePool.likeness(model, list.get(one).item(), list.get(other).item());
            }
        }
        return OptionalDouble.of(1 - alike / (compared * (compared - 1) / 2.0));
    }

    /**
     * Returns the mean self-information of the items in bits: −log₂ of the ratio of an item's
     * count, one per user and day, to all interactions. One is added to both, so that an item
     * without any has a finite one. Empty for an empty list.
     */
    public OptionalDouble novelty() {
        if (list.size() == 0) {
            return OptionalDouble.empty();
        }
        double all = model.totals().allInteractions() + 1.0;
        double bits = 0;
        for (Ranked ranked : list) {
            bits += Math.log(all / (model.popularity().count(ranked.item()) + 1));
        }
        return OptionalDouble.of(bits / Math.log(2) / list.size());
    }
}
