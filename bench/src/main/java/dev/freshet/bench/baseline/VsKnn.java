package dev.freshet.bench.baseline;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
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
 * <p>Scoring costs O(window · sample + neighbours · basket length).
 */
final class VsKnn implements Baseline {
    private final UserBaskets baskets;
    private final Histories people = new Histories();
    private final int window;
    private final int sample;
    private final int neighbours;

    private float[] similarities = new float[0];
    private int[] touched = new int[0];
    private int touchedCount;

    /**
     * Creates a baseline.
     *
     * @param window number of the person's last items that are compared, from 1
     * @param sample number of the most recent baskets with a shared item that are considered
     * @param neighbours number of nearest baskets that contribute
     */
    VsKnn(int items, UserBaskets.Unit unit, int window, int sample, int neighbours) {
        this.baskets = new UserBaskets(items, unit, sample + 1);
        this.window = window;
        this.sample = sample;
        this.neighbours = neighbours;
    }

    @Override
    public String name() {
        return "vs-knn";
    }

    @Override
    public String settings() {
        return "baskets are %s, last %d items, %,d most recent, %d nearest"
                .formatted(baskets.unit().text(), window, sample, neighbours);
    }

    @Override
    public void score(FirstInteraction request, float[] scores) {
        Arrays.fill(scores, 0);
        int own = baskets.current(request);
        findSimilar(query(request.person(), own), own);
        keepTheMostRecent();
        for (int i = 0, nearest = sortBySimilarity(); i < nearest; i++) {
            int basket = touched[i];
            int[] held = baskets.items(basket);
            float similarity = similarities[basket];
            for (int k = 0; k < baskets.length(basket); k++) {
                scores[held[k]] += similarity;
            }
        }
        reset();
    }

    /**
     * Returns the last items, newest first: those of the current basket, then the person's other
     * items.
     */
    private int[] query(int person, int basket) {
        int[] query = new int[window];
        int length = 0;
        int[] current = baskets.items(basket);
        for (int i = baskets.length(basket) - 1; i >= 0 && length < window; i--) {
            query[length++] = current[i];
        }
        int inBasket = length;
        int[] history = people.items(person);
        for (int i = people.length(person) - 1; i >= 0 && length < window; i--) {
            if (!contains(query, inBasket, history[i])) {
                query[length++] = history[i];
            }
        }
        return Arrays.copyOf(query, length);
    }

    private static boolean contains(int[] items, int length, int item) {
        for (int i = 0; i < length; i++) {
            if (items[i] == item) {
                return true;
            }
        }
        return false;
    }

    private void findSimilar(int[] query, int own) {
        if (similarities.length < baskets.count()) {
            similarities = Arrays.copyOf(similarities, 2 * baskets.count());
            touched = new int[similarities.length];
        }
        for (int place = 0; place < query.length; place++) {
            float weight = (float) (query.length - place) / query.length;
            int[] holders = baskets.holders(query[place]);
            int left = sample;
            for (int i = baskets.holderCount(query[place]) - 1; i >= 0 && left > 0; i--) {
                int basket = holders[i];
                if (basket != own) {
                    if (similarities[basket] == 0) {
                        touched[touchedCount++] = basket;
                    }
                    similarities[basket] += weight;
                    left--;
                }
            }
        }
    }

    /** Keeps only the {@link #sample} most recently active of the touched baskets. */
    private void keepTheMostRecent() {
        if (touchedCount <= sample) {
            return;
        }
        long[] byAge = new long[touchedCount];
        for (int i = 0; i < touchedCount; i++) {
            byAge[i] = (long) baskets.lastActive(touched[i]) << 32 | touched[i];
        }
        Arrays.sort(byAge);
        for (int i = 0; i < touchedCount; i++) {
            int basket = (int) byAge[touchedCount - 1 - i];
            touched[i] = basket;
            if (i >= sample) {
                similarities[basket] = 0;
            }
        }
        touchedCount = sample;
    }

    /**
     * Moves the nearest baskets to the front, of equal ones the first found; returns their number.
     */
    private int sortBySimilarity() {
        if (touchedCount <= neighbours) {
            return touchedCount;
        }
        long[] order = new long[touchedCount];
        for (int i = 0; i < touchedCount; i++) {
            int bits = Float.floatToIntBits(similarities[touched[i]]);
            order[i] = (long) bits << 32 | (Integer.MAX_VALUE - i);
        }
        Arrays.sort(order);
        int[] found = Arrays.copyOf(touched, touchedCount);
        for (int i = 0; i < touchedCount; i++) {
            touched[i] = found[Integer.MAX_VALUE - (int) order[touchedCount - 1 - i]];
        }
        return neighbours;
    }

    private void reset() {
        for (int i = 0; i < touchedCount; i++) {
            similarities[touched[i]] = 0;
        }
        touchedCount = 0;
    }

    @Override
    public void learn(FirstInteraction interaction) {
        if (Interest.in(interaction)) {
            baskets.learn(interaction);
            people.add(interaction.person(), interaction.item());
        }
    }
}
