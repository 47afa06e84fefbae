package dev.freshet.model.basket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.model.history.BasketEntries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class SupportCountsTest {
    private static final int ITEMS = 5;

    private record Contribution(int item, int at, float amount, float second) {}

    private final SupportCounts counts = new SupportCounts();

    @Test
    void aSumIsOfTheWholeGroupsOfThoseWhoCameFirst() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int k = 1 + random.nextInt(4);
            List<Contribution> all = new ArrayList<>();
            for (int n = random.nextInt(60); n > 0; n--) {
                int item = random.nextInt(ITEMS);
                all.add(new Contribution(item, n * 7 % 61, random.nextFloat(), random.nextFloat()));
            }
            counts.reserve(ITEMS, k);
            all.forEach(one -> counts.add(one.item, one.at, one.amount, one.second));
            SupportCounts.BothSums released = counts.releaseBoth();
            int sums = 0;
            for (int item = 0; item < ITEMS; item++) {
                int of = item;
                List<Contribution> first =
                        all.stream()
                                .filter(one -> one.item == of)
                                .sorted(Comparator.comparingInt(Contribution::at))
                                .toList();
                first = first.subList(0, first.size() / k * k);
                assertThat((double) released.first().byItem().get(item))
                        .as("seed %d, item %d", seed, item)
                        .isCloseTo(sum(first, Contribution::amount), within(1e-5));
                assertThat((double) released.second().byItem().get(item))
                        .as("seed %d, item %d", seed, item)
                        .isCloseTo(sum(first, Contribution::second), within(1e-5));
                sums += first.isEmpty() ? 0 : 1;
            }
            assertThat(released.first().items()).as("seed %d", seed).hasSize(sums);
        }
    }

    @Test
    void whatIsLeftOutOfItemsWithoutAGroupChangesNoSum() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            counts.reserve(ITEMS, 1 + random.nextInt(4));
            List<Contribution> all = new ArrayList<>();
            for (int n = random.nextInt(20); n > 0; n--) {
                all.add(new Contribution(random.nextInt(ITEMS), n * 7 % 61, random.nextFloat(), 0));
            }
            all.forEach(one -> counts.add(one.item, one.at, one.amount, 0));
            SupportCounts.KAnonymousSums whole = counts.release(1);
            all.forEach(one -> counts.announce(one.item));
            assertThat(all).as("seed %d", seed).noneMatch(one -> fillsGroup(one.item, -64));
            all.stream()
                    .filter(one -> fillsGroup(one.item, 64))
                    .forEach(one -> counts.add(one.item, one.at, one.amount, 0));
            SupportCounts.KAnonymousSums some = counts.release(1);
            assertThat(some.items()).as("seed %d", seed).isEqualTo(whole.items());
            assertThat(some.sums()).as("seed %d", seed).isEqualTo(whole.sums());
            for (int item = 0; item < ITEMS; item++) {
                assertThat(fillsGroup(item, 64)).as("seed %d", seed).isFalse();
            }
        }
    }

    private boolean fillsGroup(int item, int units) {
        int packed = BasketEntries.pack(units, 1, 0);
        return counts.positions(new int[] {item, 0, 0, packed, 0}, new int[1]) == 1;
    }

    private static double sum(List<Contribution> of, ToDoubleFunction<Contribution> amount) {
        return of.stream().mapToDouble(amount).sum();
    }
}
