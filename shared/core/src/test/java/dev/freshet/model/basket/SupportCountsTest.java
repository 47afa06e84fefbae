package dev.freshet.model.basket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SupportCountsTest {
    private static final int ITEMS = 5;

    private record Contribution(int item, int at, float amount) {}

    private final SupportCounts counts = new SupportCounts();

    @Test
    void aSumIsOfTheWholeGroupsOfThoseWhoCameFirst() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int k = 1 + random.nextInt(4);
            List<Contribution> all = new ArrayList<>();
            for (int n = random.nextInt(60); n > 0; n--) {
                all.add(new Contribution(random.nextInt(ITEMS), n * 7 % 61, random.nextFloat()));
            }
            counts.reserve(ITEMS, k);
            all.forEach(one -> counts.add(one.item, one.at, one.amount));
            SupportCounts.KAnonymousSums released = counts.release(2);
            int sums = 0;
            for (int item = 0; item < ITEMS; item++) {
                int of = item;
                List<Contribution> first =
                        all.stream()
                                .filter(one -> one.item == of)
                                .sorted(Comparator.comparingInt(Contribution::at))
                                .toList();
                first = first.subList(0, first.size() / k * k);
                double sum = first.stream().mapToDouble(Contribution::amount).sum();
                assertThat((double) released.byItem().get(item))
                        .as("seed %d, item %d", seed, item)
                        .isCloseTo(2 * sum, within(1e-5));
                sums += first.isEmpty() ? 0 : 1;
            }
            assertThat(released.items()).as("seed %d", seed).hasSize(sums);
        }
    }
}
