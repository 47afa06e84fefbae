package dev.freshet.bench.baseline;

/**
 * Random walks of three steps: RP³β of Christoffel, Paudel, Newell and Bernstein, "Blockbusters and
 * Wallflowers: Accurate, Diverse, and Scalable Recommendations with Random Walks" (RecSys 2015,
 * §3).
 *
 * <p>A walk goes from a person to one of the items, from there to one of its holders, and on to one
 * of their items. With the transition probabilities 1 / degree raised to α (P³α of Cooper et al.,
 * WWW 2014), the score of item i is
 *
 * <p>Σ over the person's items j and the holders v of j that have i: (1/|items of the person| · 1 /
 * |holders of j| · 1 / |items of v|)^α, divided by |holders of i|^β.
 *
 * <p>The second and third step are a table of items, of which the heaviest {@code neighbours} of
 * each are kept; the first is the person's history at the time of scoring. Training costs O(Σ
 * history²).
 */
final class RandomWalk implements Retrained.Batch {
    private final int neighbours;
    private final double alpha;
    private final double beta;
    private NearestItems steps = NearestItems.NONE;

    /**
     * Creates an untrained method.
     *
     * @param neighbours maximum number of items that are reached from an item, from 1
     * @param alpha exponent of the transition probabilities, above 0
     * @param beta exponent of an item's popularity, from 0
     */
    RandomWalk(int neighbours, double alpha, double beta) {
        this.neighbours = neighbours;
        this.alpha = alpha;
        this.beta = beta;
    }

    @Override
    public String name() {
        return "rp3beta";
    }

    @Override
    public String settings() {
        return "α %s, β %s, %d items from each".formatted(alpha, beta, neighbours);
    }

    @Override
    public void train(Histories people, int items) {
        NearestItems.Holders holders = NearestItems.Holders.of(people, items);
        steps =
                NearestItems.of(
                        people,
                        holders,
                        items,
                        neighbours,
                        (item, person) ->
                                Math.pow(holders.count(item), -alpha)
                                        * Math.pow(people.length(person), -alpha),
                        (item, other, sum) -> sum * Math.pow(holders.count(other), -beta));
    }

    @Override
    public void score(int[] history, int length, float[] scores) {
        steps.score(history, length, scores);
        float first = (float) Math.pow(length, -alpha);
        for (int item = 0; length > 0 && item < scores.length; item++) {
            scores[item] *= first;
        }
    }
}
