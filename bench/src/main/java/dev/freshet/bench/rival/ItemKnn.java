package dev.freshet.bench.rival;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
import java.util.Arrays;

/**
 * Item-based nearest neighbours with cosine similarity, counted as the stream goes by: Sarwar,
 * Karypis, Konstan and Riedl, "Item-based collaborative filtering recommendation algorithms" (WWW
 * 2001), with the shrinkage term that Bell and Koren (ICDM 2007) gave it.
 *
 * <p>sim(i, j) = both(i, j) / (√(people(i) · people(j)) + shrinkage); an item's score is the sum of
 * its similarities to the person's most recent items.
 *
 * <p>Counts stand in a dense table: 4 · items² bytes, so at most {@value #MAX_ITEMS} items; for
 * more there is {@link ItemNeighbours}. Learning costs O(history), scoring O(window · items).
 */
final class ItemKnn implements Baseline {
    /** 256 MB of counts. */
    static final int MAX_ITEMS = 8_192;

    private final int window;
    private final float shrinkage;
    private final Histories people = new Histories();
    private final float[][] both;

    /** √people(item); 1 for an item that nobody has met. */
    private final float[] roots;

    private final int[] counts;

    /**
     * @param window how many of a person's most recent items are asked, from 1
     * @param shrinkage from 0; the more, the less is thought of similarities seen only a few times
     */
    ItemKnn(int items, int window, double shrinkage) {
        if (items > MAX_ITEMS) {
            throw new IllegalArgumentException(items + " items are more than a dense table holds");
        }
        this.window = window;
        this.shrinkage = (float) shrinkage;
        both = new float[items][];
        roots = new float[items];
        Arrays.fill(roots, 1);
        counts = new int[items];
    }

    @Override
    public String name() {
        return "item-knn";
    }

    @Override
    public String settings() {
        return "cosine, last %d items, shrinkage %s".formatted(window, shrinkage);
    }

    @Override
    public void score(FirstInteraction asked, float[] scores) {
        Arrays.fill(scores, 0);
        int[] history = people.items(asked.person());
        int length = people.length(asked.person());
        for (int i = Math.max(0, length - window); i < length; i++) {
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
        if (!Interest.in(interaction) || !people.add(interaction.person(), interaction.item())) {
            return;
        }
        int item = interaction.item();
        counts[item]++;
        roots[item] = (float) Math.sqrt(counts[item]);
        int[] history = people.items(interaction.person());
        int before = people.length(interaction.person()) - 1;
        for (int i = 0; i < before; i++) {
            row(item)[history[i]]++;
            row(history[i])[item]++;
        }
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
