package dev.freshet.model.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighbourCountTest {
    private static List<List<String>> baskets(Random random) {
        List<List<String>> baskets = new ArrayList<>();
        for (int person = 0; person < 60; person++) {
            LinkedHashSet<String> items = new LinkedHashSet<>();
            for (int taken = 2 + random.nextInt(40); taken > 0; taken--) {
                double skew = random.nextDouble();
                items.add("i" + (int) (skew * skew * 80));
            }
            baskets.add(List.copyOf(items));
        }
        return baskets;
    }

    private static List<ItemNeighbours> nearest(PairWeights weights, List<List<String>> baskets) {
        NeighbourCount count = new NeighbourCount(weights);
        baskets.forEach(basket -> assertThat(count.add(basket)).isTrue());
        return count.nearest(done -> {});
    }

    /** Counts the same by loops over all pairs of all people. */
    private static Map<String, List<Double>> byLoops(
            PairWeights weights, List<List<String>> baskets) {
        Map<String, Integer> holders = new HashMap<>();
        Map<String, List<Double>> pairs = new HashMap<>();
        for (List<String> whole : baskets) {
            List<String> own =
                    whole.subList(Math.max(0, whole.size() - weights.history()), whole.size());
            for (int a = 0; a < own.size(); a++) {
                holders.merge(own.get(a), 1, Integer::sum);
                for (int b = 0; b < own.size(); b++) {
                    if (a != b && Math.abs(a - b) <= weights.window()) {
                        pairs.computeIfAbsent(
                                        own.get(a) + " " + own.get(b), pair -> new ArrayList<>())
                                .add(Math.pow(own.size(), -0.8));
                    }
                }
            }
        }
        Map<String, List<Double>> found = new TreeMap<>();
        pairs.forEach(
                (pair, shares) -> {
                    if (shares.size() >= weights.people()) {
                        shares.sort(Comparator.reverseOrder());
                        double least = shares.get(weights.people() - 1);
                        String[] both = pair.split(" ", 2);
                        double sum =
                                shares.stream().mapToDouble(each -> Math.min(each, least)).sum();
                        found.computeIfAbsent(both[0], item -> new ArrayList<>())
                                .add(
                                        sum
                                                * Math.pow(holders.getOrDefault(both[0], 0), -0.75)
                                                * Math.pow(
                                                        holders.getOrDefault(both[1], 0), -0.25));
                    }
                });
        found.values().forEach(list -> list.sort(Comparator.reverseOrder()));
        return found;
    }

    @Test
    void neighboursAreThoseOfLoopsInWhichNobodyGivesMoreThanTheKthOfAPair() {
        for (int seed = 1; seed <= 5; seed++) {
            List<List<String>> baskets = baskets(new Random(seed));
            PairWeights weights = new PairWeights(5 + seed * 5, 2 + seed, 2 + seed % 2);
            Map<String, List<Double>> expected = byLoops(weights, baskets);
            List<ItemNeighbours> counted = nearest(weights, baskets);

            assertThat(counted)
                    .as("seed %d", seed)
                    .extracting(ItemNeighbours::itemId)
                    .containsExactlyElementsOf(expected.keySet());
            for (ItemNeighbours item : counted) {
                List<Double> other = expected.getOrDefault(item.itemId(), List.of());
                assertThat(item.nearest().size()).isEqualTo(Math.min(50, other.size()));
                for (int rank = 0; rank < item.nearest().size(); rank++) {
                    ItemNeighbours.Neighbour near = item.nearest().get(rank);
                    assertThat(near.people()).isGreaterThanOrEqualTo(weights.people());
                    assertThat(near.weight() / other.get(rank))
                            .as("seed %d, %s, rank %d", seed, item.itemId(), rank)
                            .isBetween(1 - 1e-6, 1 + 1e-6);
                }
            }
        }
    }

    @Test
    void theOrderOfPeopleChangesNoByte() {
        List<List<String>> baskets = new ArrayList<>(baskets(new Random(9)));
        byte[] bytes = ItemNeighbours.file(nearest(PairWeights.DEFAULT, baskets));
        Collections.shuffle(baskets, new Random(10));

        assertThat(ItemNeighbours.file(nearest(PairWeights.DEFAULT, baskets))).isEqualTo(bytes);
        assertThat(NeighboursFile.open(bytes).items()).isPositive();
    }

    @Test
    void peopleBeyondTheBoundFindNoRoom() {
        List<String> all = IntStream.range(0, 10_000).mapToObj(item -> "i" + item).toList();
        NeighbourCount count = new NeighbourCount(new PairWeights(10_000, 1, 2));

        for (int person = 0; person < NeighbourCount.MOST / all.size(); person++) {
            assertThat(count.add(all)).isTrue();
        }
        assertThat(count.add(List.of("i1"))).isFalse();
    }
}
