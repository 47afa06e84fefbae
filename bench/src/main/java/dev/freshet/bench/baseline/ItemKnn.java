package dev.freshet.bench.baseline;

import java.util.Arrays;

/**
 * Item-based nearest neighbours with cosine similarity, counted incrementally: Sarwar, Karypis,
 * Konstan and Riedl, "Item-based collaborative filtering recommendation algorithms" (WWW 2001),
 * with the shrinkage term of Bell and Koren (ICDM 2007).
 *
 * <p>sim(i, j) = both(i, j) / (√(people(i) · people(j)) + shrinkage); an item's score is the sum of
 * its similarities to the person's most recent items.
 *
 * <p>The counts are kept in a dense table of 4 · items² bytes, so at most {@value #MAX_ITEMS} items
 * are supported; for more there is {@link NearestItems#cosine}. Learning costs O(history), scoring
 * O(window · items).
 */
final class ItemKnn implements Baseline {
    /** Maximum number of items, for which the counts take 256 MB. */
    static final int MAX_ITEMS = 8_192;

    private final int window;
    private final float shrinkage;
    private final Histories people = new Histories();
    private final float[][] both;

    /** √people(item); 1 for an item without an interaction. */
    private final float[] roots;

    private final int[] counts;

    /**
     * Creates a baseline.
     *
     * @param window number of a person's most recent items that are used, from 1
     * @param shrinkage damping of similarities with little support, from 0
     */
    ItemKnn(int items, int window, double shrinkage) {
        if (items > MAX_ITEMS) {
            throw new IllegalArgumentException(
                    items + " items exceed the limit of the dense table");
        }
        this.window = window;
        this.shrinkage = (float) shrinkage;
        both = new float[items][];
        roots = new float[items];
        Arrays.fill(roots, 1);
        counts = new int[items];
    }

    @Override
    public void score(FirstInteraction request, float[] scores) {
        Arrays.fill(scores, 0);
        int[] history = people.items(request.person());
        for (int i = Math.max(0, history.length - window); i < history.length; i++) {
            addSimilarities(history[i], scores);
        }
    }

    private void addSimilarities(int item, float[] scores) {
        float[] row = both[item];
        if (row == null) {
            return;
        }
        float root = roots[item];
        for (int other = 0; other < scores.length; other++) {
            scores[other] += row[other] / (root * roots[other] + shrinkage);
        }
    }

    @Override
    public void learn(FirstInteraction interaction) {
        if (!people.add(interaction.person(), interaction.item())) {
            return;
        }
        int item = interaction.item();
        counts[item]++;
        roots[item] = (float) Math.sqrt(counts[item]);
        int[] history = people.items(interaction.person());
        for (int i = 0; i < history.length - 1; i++) {
            row(item)[history[i]]++;
            row(history[i])[item]++;
        }
    }

    @Override
    public void observe(FirstInteraction interaction) {
        people.add(interaction.person(), interaction.item());
    }

    private float[] row(int item) {
        float[] row = both[item];
        if (row == null) {
            row = new float[both.length];
            both[item] = row;
        }
        return row;
    }
}
