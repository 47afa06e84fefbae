package dev.freshet.model.basket;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.history.BasketEntries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedBasketsTest {
    private static final int USERS = 30;
    private static final int ITEMS = 12;

    @Test
    void everyBasketOfTheUsersItemsHasTheScoredItemsThatItHolds() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Baskets baskets = baskets(random);
            int[] scored = some(random);
            int[] own = some(random);
            SharedBaskets shared = new SharedBaskets(baskets, scored, own);
            for (int rank = 0; rank < own.length; rank++) {
                int[] postings = baskets.postings(own[rank]);
                int[] orders = shared.orders(rank);
                assertThat(orders).as("seed %d", seed).hasSameSizeAs(postings);
                for (int at = 0; at < orders.length; at++) {
                    int[] basket = baskets.basket(postings[at]);
                    int[] held =
                            IntStream.range(0, scored.length)
                                    .filter(of -> BasketEntries.find(basket, scored[of]) >= 0)
                                    .toArray();
                    int order = orders[at];
                    assertThat(
                                    IntStream.range(shared.start(order), shared.start(order + 1))
                                            .map(shared::at)
                                            .toArray())
                            .as("seed %d", seed)
                            .containsExactly(held);
                    assertThat(shared.holdsAny(order)).isEqualTo(held.length > 0);
                }
            }
        }
    }

    @Test
    void aUserWithoutItemsSharesNoBasket() {
        Baskets baskets = baskets(new Random(1));
        assertThat(new SharedBaskets(baskets, new int[] {0, 1}, new int[0]).baskets()).isZero();
    }

    private static int[] some(Random random) {
        return random.ints(0, ITEMS).distinct().limit(1 + random.nextInt(4)).toArray();
    }

    private static Baskets baskets(Random random) {
        Examples examples = new Examples();
        List<Example> batch = new ArrayList<>();
        for (int item = 0; item < ITEMS; item++) {
            batch.add(examples.interaction(USERS, "i" + item));
        }
        for (int n = 0; n < 100; n++) {
            String item = "i" + random.nextInt(ITEMS);
            batch.add(examples.interaction(random.nextInt(USERS), item, Duration.ofMinutes(n)));
        }
        return learned(batch).state().baskets();
    }
}
