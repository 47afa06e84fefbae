package dev.freshet.bench.baseline;

/**
 * Item-based nearest neighbours with cosine similarity, trained in batches: the similarity of
 * {@link ItemKnn}, but with only the most similar items of each item, for catalogues beyond the
 * limit of a dense table.
 *
 * <p>Training costs O(Σ history²) and keeps 8 · neighbours bytes per item; scoring costs O(history
 * · neighbours).
 */
final class ItemNeighbours implements Retrained.Batch {
    private final int neighbours;
    private final double shrinkage;
    private NearestItems near = NearestItems.NONE;

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
        NearestItems.Holders holders = NearestItems.Holders.of(people, items);
        near =
                NearestItems.of(
                        people,
                        holders,
                        items,
                        neighbours,
                        (item, person) -> 1,
                        (item, other, both) -> {
                            double product = (double) holders.count(item) * holders.count(other);
                            return other == item ? 0 : both / (Math.sqrt(product) + shrinkage);
                        });
    }

    @Override
    public void score(int[] history, int length, float[] scores) {
        near.score(history, length, scores);
    }
}
