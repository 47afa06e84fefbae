package dev.freshet.bench.baseline;

import java.util.Arrays;

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
final class RandomWalk implements BatchMethod {
    private final int neighbours;
    private final double alpha;
    private final double beta;
    private NearestItems steps = new NearestItems(0, 0);

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
        Holders holders = Holders.of(people, items);
        steps = new NearestItems(items, neighbours);
        double[] reached = new double[items];
        int[] touched = new int[items];
        for (int item = 0; item < items; item++) {
            int count = 0;
            double toHolder = Math.pow(holders.count(item), -alpha);
            for (int i = holders.from(item); i < holders.to(item); i++) {
                int person = holders.person(i);
                int[] history = people.items(person);
                double step = toHolder * Math.pow(people.length(person), -alpha);
                for (int k = 0; k < people.length(person); k++) {
                    if (reached[history[k]] == 0) {
                        touched[count++] = history[k];
                    }
                    reached[history[k]] += step;
                }
            }
            steps.keep(
                    item,
                    touched,
                    count,
                    other -> reached[other] * Math.pow(holders.count(other), -beta));
            for (int i = 0; i < count; i++) {
                reached[touched[i]] = 0;
            }
        }
    }

    @Override
    public void score(int[] history, int length, float[] scores) {
        Arrays.fill(scores, 0);
        for (int i = 0; i < length; i++) {
            steps.addTo(scores, history[i]);
        }
        float first = (float) Math.pow(length, -alpha);
        for (int item = 0; length > 0 && item < scores.length; item++) {
            scores[item] *= first;
        }
    }
}
