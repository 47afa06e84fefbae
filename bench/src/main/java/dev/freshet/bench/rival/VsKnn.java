package dev.freshet.bench.rival;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
import java.util.Arrays;

/**
 * Nearest sessions, vector multiplication: V-SKNN of Ludewig and Jannach, "Evaluation of
 * session-based recommendation algorithms" (User Modeling and User-Adapted Interaction 28, 2018,
 * §3.3).
 *
 * <p>The asker's last items weigh 1 for the newest, falling in a straight line to 1/n for the
 * oldest of n. Of the baskets that share an item, the most recent ones are taken; a basket's
 * similarity is the sum of the weights of the items it shares; an item's score is the sum of the
 * similarities of the nearest baskets that hold it. A session that has just begun is filled up with
 * the person's items before it, so that it has somebody to be near to.
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
     * @param window how many of the asker's last items are compared, from 1
     * @param sample how many of the most recent baskets that share an item are looked at
     * @param neighbours how many of them, the nearest, have a say
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
                .formatted(baskets.unit().spoken(), window, sample, neighbours);
    }

    @Override
    public void score(FirstInteraction asked, float[] scores) {
        Arrays.fill(scores, 0);
        int own = baskets.current(asked);
        findSimilar(query(asked.person(), own), own);
        keepTheMostRecent();
        for (int i = 0, nearest = sortBySimilarity(); i < nearest; i++) {
            int basket = touched[i];
            int[] held = baskets.items(basket);
            float similarity = similarities[basket];
            for (int k = 0; k < baskets.length(basket); k++) {
                scores[held[k]] += similarity;
            }
        }
        forget();
    }

    /** The last items, newest first: those of the current basket, then the person's others. */
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

    /** Leaves the {@link #sample} most recently active of the baskets touched. */
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

    /** Brings the nearest to the front, of equals the one found first; how many they are. */
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

    private void forget() {
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
