package dev.freshet.ranking.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.ranking.policy.Pool.FixedPool;
import dev.freshet.ranking.policy.Softmax.Draw;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PlackettLuceTest {
    private static final int DRAWS = 1_000_000;

    /** The alternatives a, b and c with odds of 1, 2 and 3. */
    private static FixedPool letters() {
        return new FixedPool(Math.log(1), Math.log(2), Math.log(3));
    }

    /** A list of all three, and the product of its probabilities. */
    private record Drawn(String list, double probability) {}

    private static Drawn list(RandomGenerator random) {
        FixedPool pool = letters();
        PlackettLuce policy = new PlackettLuce(1, true);
        StringBuilder list = new StringBuilder();
        double probability = 1;
        for (int place = 0; place < 3; place++) {
            Draw draw = policy.draw(pool, random);
            pool.place(draw.index());
            list.append("abc".charAt(draw.index()));
            probability *= draw.probability();
        }
        return new Drawn(list.toString(), probability);
    }

    private static void assertFrequency(double frequency, double probability) {
        double error = Math.sqrt(probability * (1 - probability) / DRAWS);
        assertThat(frequency).isCloseTo(probability, within(4 * error));
    }

    @Test
    void listsAreAsFrequentAsTheirProbabilities() {
        SplitMix64 random = new SplitMix64(1);
        Map<String, Integer> count = new HashMap<>();
        Map<String, Double> probability = new HashMap<>();
        for (int draw = 0; draw < DRAWS; draw++) {
            Drawn drawn = list(random);
            count.merge(drawn.list, 1, Integer::sum);
            probability.put(drawn.list, drawn.probability);
        }

        assertThat(probability.get("cba")).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(probability.get("abc")).isCloseTo(1.0 / 15, within(1e-12));
        assertThat(probability.values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(1, within(1e-12));
        probability.forEach(
                (list, told) ->
                        assertFrequency((double) count.getOrDefault(list, 0) / DRAWS, told));
        assertFrequency(share(count, 1, 'a'), .25);
        assertFrequency(share(count, 1, 'b'), .40);
        assertFrequency(share(count, 1, 'c'), .35);
        assertFrequency(share(count, 2, 'a'), .583333);
    }

    private static double share(Map<String, Integer> count, int place, char letter) {
        int[] sum = {0};
        count.forEach((list, times) -> sum[0] += list.charAt(place) == letter ? times : 0);
        return (double) sum[0] / DRAWS;
    }

    @Test
    void theProbabilitiesOfAPoolAddUpToOne() {
        SplitMix64 random = new SplitMix64(3);
        FixedPool pool =
                new FixedPool(DoubleStream.generate(random::nextDouble).limit(60).toArray());
        PlackettLuce policy = PlackettLuce.of(0.15, pool);
        for (int place = 0; place < 20; place++) {
            double[] probabilities = policy.probabilities(pool);
            assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-12));
            Draw draw = policy.draw(pool, random);
            assertThat(pool.open(draw.index())).isTrue();
            assertThat(draw.probability()).isEqualTo(probabilities[draw.index()]);
            pool.place(draw.index());
        }
    }

    @Test
    void theScaleOfTheWorthDoesNotMatter() {
        IntUnaryOperator seed = at -> at * 7 % 10;
        double[] small = new double[10];
        double[] large = new double[10];
        for (int at = 0; at < 10; at++) {
            small[at] = seed.applyAsInt(at) / 100.0;
            large[at] = 500 + seed.applyAsInt(at) * 30.0;
        }
        FixedPool one = new FixedPool(small);
        FixedPool other = new FixedPool(large);
        for (int draw = 0; draw < 100; draw++) {
            Draw first = PlackettLuce.of(0.3, one).draw(one, new SplitMix64(draw));
            Draw second = PlackettLuce.of(0.3, other).draw(other, new SplitMix64(draw));
            assertThat(first.index()).isEqualTo(second.index());
            assertThat(first.probability()).isCloseTo(second.probability(), within(1e-9));
        }
    }

    /**
     * What drawn lists of ten keep of the best list's value, over pools of 30 with normal worth. An
     * item is taken with log odds of its worth less 2.5, discounted by its place; and the share of
     * the places with another item than in the best list.
     */
    private record Price(double kept, double changed) {
        static Price of(double temperature, long seed) {
            return of(temperature, seed, 0);
        }

        /** Returns the price of lists that are drawn by worths in steps; 0 for exact ones. */
        static Price of(double temperature, long seed, double step) {
            Random random = new Random(seed);
            double best = 0;
            double drawn = 0;
            double changed = 0;
            int lists = 4_000;
            for (int list = 0; list < lists; list++) {
                FixedPool greedy = new FixedPool(new double[30]);
                for (int at = 0; at < 30; at++) {
                    greedy.worth[at] = random.nextGaussian();
                }
                FixedPool pool =
                        new FixedPool(
                                Arrays.stream(greedy.worth)
                                        .map(one -> step > 0 ? step * Math.rint(one / step) : one)
                                        .toArray());
                PlackettLuce policy = PlackettLuce.of(temperature, pool);
                for (int place = 0; place < 10; place++) {
                    int first = new PlackettLuce(0, false).draw(greedy, random).index();
                    int other = policy.draw(pool, random).index();
                    greedy.place(first);
                    pool.place(other);
                    double discount = Math.log(2) / Math.log(place + 2);
                    best += discount / (1 + Math.exp(2.5 - greedy.worth[first]));
                    drawn += discount / (1 + Math.exp(2.5 - greedy.worth[other]));
                    changed += first == other ? 0 : 1.0 / (10 * lists);
                }
            }
            return new Price(drawn / best, changed);
        }
    }

    @Test
    void drawnListsKeepNearlyAllOfTheValueThoughManyPlacesChange() {
        assertThat(Price.of(0.10, 1).kept()).isCloseTo(0.994, within(0.001));
        assertThat(Price.of(0.15, 1).kept()).isCloseTo(0.987, within(0.001));
        assertThat(Price.of(0.25, 1).kept()).isCloseTo(0.965, within(0.002));
        assertThat(Price.of(0.15, 1).changed()).isCloseTo(0.63, within(0.01));
    }

    @Test
    void drawsByWorthsInTenthsKeepAsMuch() {
        Price tenths = Price.of(0.15, 1, 0.1);
        assertThat(tenths.kept()).isCloseTo(Price.of(0.15, 1).kept(), within(0.001));
        assertThat(tenths.changed()).isCloseTo(0.63, within(0.01));
    }

    @Test
    void withoutATemperatureTheBestIsTaken() {
        FixedPool pool = new FixedPool(1, 3, 3, 2);

        assertThat(PlackettLuce.of(0, pool).draw(pool, new SplitMix64(9)))
                .isEqualTo(new Draw(1, 1));
    }

    @Test
    void equalAlternativesAreDrawnEvenly() {
        FixedPool pool = new FixedPool(5, 5, 5, 5);

        assertThat(PlackettLuce.of(1e-3, pool).draw(pool, new SplitMix64(9)).probability())
                .isEqualTo(0.25);
    }

    @Test
    void theGeneratorDrawsAsTheOneOfTheRuntimeThatItReplaced() {
        for (long seed : new long[] {0, 1, -7, Long.MIN_VALUE}) {
            SplitMix64 own = new SplitMix64(seed);
            SplittableRandom other = new SplittableRandom(seed);
            for (int draw = 0; draw < 100; draw++) {
                assertThat(own.nextDouble()).isEqualTo(other.nextDouble());
            }
        }
    }

    @Test
    void theGeneratorIsTheOneOfThePaper() {
        // the first outputs for the seed 1234567 that implementations of SplitMix64 agree on
        SplitMix64 random = new SplitMix64(1234567);

        assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
        assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
    }
}
