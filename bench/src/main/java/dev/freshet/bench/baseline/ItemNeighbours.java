package dev.freshet.bench.baseline;

import java.util.Arrays;

/**
 * Item-based nearest neighbours with cosine similarity, trained in batches: the similarity of
 * {@link ItemKnn}, but with only the most similar items of each item, for catalogues beyond the
 * limit of a dense table.
 *
 * <p>Training costs O(Σ history²) and keeps 8 · neighbours bytes per item; scoring costs O(history
 * · neighbours).
 */
final class ItemNeighbours implements BatchMethod {
    private final int neighbours;
    private final double shrinkage;
    private NearestItems near = new NearestItems(0, 0);

    /**
     * Creates an untrained method.
     *
     * @param neighbours maximum number of neighbours of an item, from 1
     * @param shrinkage damping of similarities with little support, from 0
     */
    ItemNeighbours(int neighbours, double shrinkage) {
        this.neighbours = neighbours;
        this.shrinkage = shrinkage;
    }

    @Override
    public String name() {
        return "item-knn";
    }

    @Override
    public String settings() {
        return "cosine, %d neighbours, shrinkage %s".formatted(neighbours, shrinkage);
    }

    @Override
    public void train(Histories people, int items) {
        Holders holders = Holders.of(people, items);
        near = new NearestItems(items, neighbours);
        int[] both = new int[items];
        int[] touched = new int[items];
        for (int item = 0; item < items; item++) {
            int count = 0;
            for (int i = holders.from(item); i < holders.to(item); i++) {
                int person = holders.person(i);
                int[] history = people.items(person);
                for (int k = 0; k < people.length(person); k++) {
                    if (both[history[k]]++ == 0) {
                        touched[count++] = history[k];
                    }
                }
            }
            both[item] = 0;
            int own = holders.count(item);
            near.keep(
                    item,
                    touched,
                    count,
                    other -> {
                        double product = (double) own * holders.count(other);
                        return both[other] / (Math.sqrt(product) + shrinkage);
                    });
            for (int i = 0; i < count; i++) {
                both[touched[i]] = 0;
            }
        }
    }

    @Override
    public void score(int[] history, int length, float[] scores) {
        Arrays.fill(scores, 0);
        for (int i = 0; i < length; i++) {
            near.addTo(scores, history[i]);
        }
    }
}
