package dev.freshet.batch;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The nearest neighbours of one item: those of the greatest weights, the lower id first where
 * weights are equal, so that the result does not depend on the order in which they are offered.
 */
final class NearestItems implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Comparator<Neighbour> NEAREST_FIRST =
            Comparator.comparingDouble(Neighbour::weight)
                    .reversed()
                    .thenComparing(Neighbour::itemId);

    /** One neighbour. */
    record Neighbour(String itemId, double weight, int people) implements Serializable {}

    private final int most;
    private final ArrayList<Neighbour> offered = new ArrayList<>();

    NearestItems(int most) {
        this.most = most;
    }

    NearestItems offer(Neighbour neighbour) {
        offered.add(neighbour);
        if (offered.size() >= 4 * most) {
            cut();
        }
        return this;
    }

    NearestItems offerAll(NearestItems others) {
        others.offered.forEach(this::offer);
        return this;
    }

    /** Returns the neighbours, the nearest first. */
    List<Neighbour> nearest() {
        cut();
        return List.copyOf(offered);
    }

    private void cut() {
        offered.sort(NEAREST_FIRST);
        if (offered.size() > most) {
            offered.subList(most, offered.size()).clear();
        }
    }
}
