package dev.freshet.model.memory;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The nearest neighbours of an item, before they are written to a file.
 *
 * @param nearest the nearest first
 */
public record ItemNeighbours(String itemId, List<Neighbour> nearest) implements Serializable {
    private static final Comparator<Neighbour> NEAREST_FIRST =
            Comparator.comparingDouble(Neighbour::weight)
                    .reversed()
                    .thenComparing(Neighbour::itemId);

    /**
     * One neighbour.
     *
     * @param people number of people who took both
     */
    public record Neighbour(String itemId, double weight, int people) implements Serializable {}

    /** Returns the bytes of a file of neighbours. */
    public static byte[] file(Collection<ItemNeighbours> items) {
        return NeighboursFile.encode(items.stream().map(ItemNeighbours::row).toList());
    }

    private NeighboursFile.Row row() {
        return new NeighboursFile.Row(
                itemId,
                nearest.stream().map(Neighbour::itemId).toList(),
                nearest.stream().map(Neighbour::weight).toList());
    }

    /**
     * Keeps those of the greatest weights, the lower id first where weights are equal, so that the
     * result does not depend on the order in which they are offered.
     */
    public static final class Nearest implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int most;
        private final ArrayList<Neighbour> offered = new ArrayList<>();

        /** Creates an empty list of at most so many neighbours. */
        public Nearest(int most) {
            this.most = most;
        }

        /** Adds a neighbour; returns this. */
        public Nearest offer(Neighbour neighbour) {
            offered.add(neighbour);
            if (offered.size() >= 4 * most) {
                cut();
            }
            return this;
        }

        /** Adds the neighbours of another list; returns this. */
        public Nearest offerAll(Nearest others) {
            others.offered.forEach(this::offer);
            return this;
        }

        /** Returns the neighbours, the nearest first. */
        public List<Neighbour> nearest() {
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
}
