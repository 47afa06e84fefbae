package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bench.evaluate.Prequential.Watch;
import dev.freshet.ranking.StackingStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrequentialTest {
    /** Baseline that scores an item by its number of events, and records the requests. */
    private static final class MostFrequent implements Baseline {
        private final float[] counts = new float[100];
        private final List<String> requests = new ArrayList<>();

        @Override
        public String name() {
            return "most-met";
        }

        @Override
        public void score(FirstInteraction request, float[] scores) {
            requests.add("score " + request.person() + " of " + scores.length);
            System.arraycopy(counts, 0, scores, 0, scores.length);
        }

        @Override
        public void learn(FirstInteraction interaction) {
            requests.add("learn " + interaction.item());
            counts[interaction.item()]++;
        }
    }

    private static final Trace TRACE =
            Toy.views("ann:a", "bob:a", "ann:b", "bob:b", "ann:a", "cid:b", "cid:a");

    @Test
    void eachFirstInteractionIsRankedBeforeItIsLearnedAndRepeatsAreOnlyLearned() {
        MostFrequent baseline = new MostFrequent();
        new Prequential(TRACE).baselines(Moments.of(TRACE, false, 1), false, List.of(baseline));

        // ann:a and ann:b are new items, so nothing is ranked.
        assertThat(baseline.requests)
                .containsExactly(
                        "learn 0",
                        "score 1 of 1",
                        "learn 0",
                        "learn 1",
                        "score 1 of 2",
                        "learn 1",
                        "learn 0",
                        "score 2 of 2",
                        "learn 1",
                        "score 2 of 2",
                        "learn 0");
    }

    @Test
    void ranksEqualThoseComputedByHand() {
        Moments moments = Moments.of(TRACE, false, 1);
        Scoreboard scores =
                new Prequential(TRACE)
                        .baselines(moments, false, List.of(new MostFrequent()))
                        .getFirst();

        // ann:a miss | bob:a alone | ann:b miss | bob:b alone, since a is seen | cid:b behind a (3
        // to 2) | cid:a alone.
        float[] ranks = new float[moments.size()];
        for (int at = 0; at < ranks.length; at++) {
            ranks[at] = scores.rank(at);
        }
        assertThat(ranks).containsExactly(RankedPlace.MISS, 1, RankedPlace.MISS, 1, 2, 1);

        Figures figures = Part.WHOLE.of(scores, moments);
        assertThat(figures.moments()).isEqualTo(6);
        assertThat(figures.recall()).isEqualTo(4 / 6.0, within(1e-12));
        assertThat(figures.mrr()).isEqualTo(3.5 / 6, within(1e-12));
    }

    @Test
    void withRepeatsBaselinesRankThemToo() {
        Moments all = Moments.of(TRACE, true, 1);
        Scoreboard scores =
                new Prequential(TRACE).baselines(all, true, List.of(new MostFrequent())).getFirst();

        // bob:b behind a (2 to 1); ann repeats a, as frequent as b.
        assertThat(scores.rank(3)).isEqualTo(2);
        assertThat(scores.rank(4)).isEqualTo(1.5f);
        assertThat(Part.REPEATED.count(all)).isEqualTo(1);
        assertThat(Part.FIRST.count(all)).isEqualTo(6);
        assertThat(Part.REPEATED.of(scores, all).mrr()).isEqualTo(1 / 1.5, within(1e-6));
    }

    @Test
    void shownItemsMakeCoverageAndTheirRarityNovelty() {
        Trace trace = Toy.views("ann:a", "ann:a", "ann:a", "ann:b", "bob:a");
        Scoreboard scores =
                new Prequential(trace)
                        .baselines(Moments.of(trace, false, 1), false, List.of(new MostFrequent()))
                        .getFirst();

        // Only bob's requests are ranked: a (3 of 4 events) and b (1 of 4).
        assertThat(scores.distinctShown()).isEqualTo(2);
        double bits = (Math.log(4 / 3.0) + Math.log(4)) / Math.log(2) / 2;
        assertThat(scores.novelty()).isEqualTo(bits, within(1e-9));
    }

    @Test
    void theProductRecommendsItemsOfOthersAndNoneThatThePersonHasSeen() {
        Moments moments = Moments.of(TRACE, false, 1);
        List<Contender> contenders = new ArrayList<>(Contender.sources());
        contenders.addFirst(Contender.blend(new StackingStrategy(), 10));
        List<Scoreboard> boards = product(TRACE, Watch.of(moments, false, contenders));

        assertThat(boards.getFirst().name()).isEqualTo("blend");
        assertThat(boards.getFirst().rank(0)).isEqualTo(RankedPlace.MISS);
        // One eligible item: bob:a, bob:b, cid:a.
        assertThat(boards.getFirst().rank(1)).isEqualTo(1);
        assertThat(boards.getFirst().rank(3)).isEqualTo(1);
        assertThat(boards.getFirst().rank(5)).isEqualTo(1);
        // Two eligible items.
        assertThat(boards.getFirst().rank(4)).isBetween(1f, 2f);
        assertThat(boards.stream().map(Scoreboard::name)).contains("co-occurrence", "popularity");
    }

    @Test
    void withRepeatsEveryEventIsRankedAmongAllItemsSeen() {
        Moments all = Moments.of(TRACE, true, 1);
        Scoreboard scores =
                product(
                                TRACE,
                                Watch.of(
                                        all,
                                        true,
                                        List.of(Contender.blend(new StackingStrategy(), 10))))
                        .getFirst();

        assertThat(all.size()).isEqualTo(7);
        // ann repeats a, one of two items at the first or second rank.
        assertThat(scores.rank(4)).isBetween(1f, 2f);
        // bob:b is no longer alone, since a may be repeated.
        assertThat(scores.rank(3)).isBetween(1f, 2f);
    }

    @Test
    void equalStreamsGiveEqualRanks() {
        String[] views = new String[300];
        Arrays.setAll(views, at -> "p" + (at * 7 % 13) + ":i" + (at * at % 31));
        Trace trace = Toy.views(views);
        Moments moments = Moments.of(trace, false, 1);

        List<List<Float>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Scoreboard scores =
                    product(
                                    trace,
                                    Watch.of(
                                            moments,
                                            false,
                                            List.of(Contender.blend(new StackingStrategy(), 10))))
                            .getFirst();
            List<Float> ranks = new ArrayList<>();
            for (int at = 0; at < moments.size(); at++) {
                ranks.add(scores.rank(at));
            }
            runs.add(ranks);
        }
        assertThat(runs.getFirst()).isEqualTo(runs.getLast()).contains(1f);
    }

    @Test
    void anItemOfTheCatalogueIsRankedFromItsFirstEventOnThoughOnePersonKnowsIt() {
        Trace trace = Toy.views("ann:a", "bob:a", "cid:a");
        Moments moments = Moments.of(trace, false, 1);
        Scoreboard scores = product(trace, ReplaySettings.DEFAULT, blend(moments)).getFirst();
        assertThat(scores.rank(1)).isEqualTo(1);
        assertThat(scores.rank(2)).isEqualTo(1);
    }

    @Test
    void anItemIsRankedBehindAllOthersUntilItIsPut() {
        Trace trace = Toy.views("ann:a", "ann:b", "ann:c", "bob:c", "bob:b", "cid:c");
        Moments moments = Moments.of(trace, false, 1);
        ReplaySettings late =
                new ReplaySettings(ReplaySettings.DEFAULT.model(), Duration.ofMinutes(3));
        Scoreboard scores = product(trace, late, blend(moments)).getFirst();
        // a was put in front of bob:c; b and c were not, and share the two last ranks.
        assertThat(scores.rank(3)).isEqualTo(2.5f);
        // b was put in front of bob:b.
        assertThat(scores.rank(4)).isBetween(1f, 2f);
    }

    private static Watch blend(Moments moments) {
        return Watch.of(moments, false, List.of(Contender.blend(new StackingStrategy(), 10)));
    }

    private static List<Scoreboard> product(Trace trace, Watch watch) {
        return product(trace, ReplaySettings.UNLIMITED, watch);
    }

    private static List<Scoreboard> product(Trace trace, ReplaySettings settings, Watch watch) {
        new Prequential(trace).product(settings, List.of(watch), done -> {});
        return watch.boards();
    }
}
