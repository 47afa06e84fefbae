package dev.freshet.bench.baseline;

import java.util.Arrays;

/**
 * Nearest sessions, vector multiplication: V-SKNN of Ludewig and Jannach, "Evaluation of
 * session-based recommendation algorithms" (User Modeling and User-Adapted Interaction 28, 2018,
 * §3.3).
 *
 * <p>The person's last items have weights from 1 for the newest, falling linearly to 1/n for the
 * oldest of n. Of the baskets that share an item, the most recent ones are taken; a basket's
 * similarity is the sum of the weights of the shared items; an item's score is the sum of the
 * similarities of the nearest baskets that contain it. A session that has just begun is extended by
 * the person's earlier items, so that it has neighbours.
 *
 * <p>Two extensions of the authors' framework session-rec can be chosen: a basket's similarity is
 * divided by the place, from 1, of the newest shared item in the query, and an item's score is
 * multiplied by 1 + weight · ln(baskets / baskets with the item).
 *
 * <p>Scoring costs O(window · sample + neighbours · basket length).
 */
final class VsKnn implements Baseline {
    private final UserBaskets baskets;
    private final Histories people = new Histories();
    private final BasketSearch similar;
    private final int window;
    private final boolean byStep;
    private final double idf;

    /**
     * Creates a baseline.
     *
     * @param window number of the person's last items that are compared, from 1
     * @param sample number of the most recent baskets with a shared item that are considered
     * @param neighbours number of nearest baskets that contribute
     * @param byStep whether a basket counts the less, the further back its newest shared item is
     * @param idf weight of the inverse frequency of an item, from 0
     */
    VsKnn(
            int items,
            UserBaskets.Unit unit,
            int window,
            int sample,
            int neighbours,
            boolean byStep,
            double idf) {
        this.baskets = new UserBaskets(items, unit, sample + 1);
        this.similar = new BasketSearch(baskets, sample, neighbours);
        this.window = window;
        this.byStep = byStep;
        this.idf = idf;
    }

    @Override
    public void score(FirstInteraction request, float[] scores) {
        Arrays.fill(scores, 0);
        int[] query = query(request.person());
        float[] weights = new float[query.length];
        for (int place = 0; place < query.length; place++) {
            weights[place] = (float) (query.length - place) / query.length;
        }
        similar.find(query, query.length, weights, baskets.current(request));
        for (int i = 0, nearest = similar.nearest(); i < nearest; i++) {
            int basket = similar.basket(i);
            double worth = similar.similarity(basket) / (byStep ? step(query, basket) : 1);
            for (int item : baskets.items(basket)) {
                scores[item] += (float) (worth * rarity(item));
            }
        }
    }

    /** Returns the place of the newest item of the query that a basket holds, from 1. */
    private int step(int[] query, int basket) {
        int step = 1;
        while (step < query.length && !baskets.holds(basket, query[step - 1])) {
            step++;
        }
        return step;
    }

    private double rarity(int item) {
        return idf == 0 ? 1 : 1 + idf * Math.log((double) baskets.count() / baskets.holding(item));
    }

    /**
     * Returns the person's last items, newest first: those of the current basket, then the others.
     */
    private int[] query(int person) {
        int[] history = people.items(person);
        int[] query = new int[Math.min(window, history.length)];
        Arrays.setAll(query, ago -> history[history.length - 1 - ago]);
        return query;
    }

    @Override
    public void learn(FirstInteraction interaction) {
        baskets.learn(interaction);
        people.add(interaction.person(), interaction.item());
    }

    @Override
    public void observe(FirstInteraction interaction) {
        people.add(interaction.person(), interaction.item());
    }
}
