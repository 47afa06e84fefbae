package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bench.baseline.Baseline;
import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.bench.evaluate.Bootstrap.Measure;
import dev.freshet.bench.evaluate.Moments.Moment;
import dev.freshet.bench.evaluate.Report.Entry;
import dev.freshet.ranking.Strategy.StackingStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassTest {
    private static final StackingStrategy STRATEGY = new StackingStrategy();

    /** Scores an item by its number of events, and records what it is told. */
    static final class MostFrequent implements Baseline {
        final List<String> calls = new ArrayList<>();
        private final float[] counts = new float[100];

        @Override
        public void score(FirstInteraction request, float[] scores) {
            calls.add("score " + request.person() + " of " + scores.length);
            System.arraycopy(counts, 0, scores, 0, scores.length);
        }

        @Override
        public void learn(FirstInteraction interaction) {
            calls.add("learn " + interaction.item());
            counts[interaction.item()]++;
        }

        @Override
        public void startTest() {
            calls.add("start");
        }

        @Override
        public void observe(FirstInteraction interaction) {
            calls.add("observe " + interaction.item());
        }
    }

    private static final Trace STREAM =
            Toy.views("ann:a", "bob:a", "ann:b", "bob:b", "ann:a", "cid:b", "cid:a");

    /** Items a to c are 0 to 2 in the order of the stream. */
    private static final Trace TEST =
            Toy.views("ann:a", "ann:b", "bob:a", "cid:a", "bob:a", "cid:b", "bob:b", "bob:c");

    private static Plan test(boolean repeats, Plan.After after) {
        return Plan.splitAt(TEST, 4, new Plan.Rules(repeats, after, false, 1));
    }

    private static Scoreboard run(Plan plan, Baseline baseline) {
        return new Pass(plan)
                .run(List.of(Method.of("most-frequent", baseline)), step -> {})
                .getFirst();
    }

    private static Scoreboard blend(Plan plan, ReplaySettings settings) {
        return Toy.blend(plan, settings, null);
    }

    private static List<Double> ranks(Scoreboard board) {
        return IntStream.range(0, board.moments().size()).mapToObj(board::rank).toList();
    }

    private static double figure(Scoreboard board, Predicate<Moment> part) {
        return Figure.reciprocals("mrr@10", "", part, 10).of(board);
    }

    @Test
    void eachFirstInteractionIsRankedBeforeItIsLearnedAndRepeatsAreOnlyLearned() {
        MostFrequent baseline = new MostFrequent();
        run(Plan.stream(STREAM, false, 1), baseline);

        // ann:a and ann:b are new items, so nothing is ranked.
        assertThat(baseline.calls)
                .containsExactly(
                        "start",
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
    void baselinesLearnAndObserveWhatShowsInterest() {
        Trace trace =
                Toy.csv(
                        """
                        ann,a,view,,1700000000
                        ann,b,impression,,1700000060
                        bob,a,dislike,,1700000120
                        bob,b,hide,,1700000180
                        cid,a,view,,1700000240
                        """,
                        new TraceReader.Ties.OfFile());
        Plan.Rules frozen = new Plan.Rules(false, Plan.After.OBSERVE, false, 100);
        MostFrequent learning = new MostFrequent();
        MostFrequent observing = new MostFrequent();

        run(Plan.stream(trace, false, 100), learning);
        run(Plan.splitAt(trace, 0, frozen), observing);

        assertThat(learning.calls).containsExactly("start", "learn 0", "learn 0");
        assertThat(observing.calls).contains("observe 0").doesNotContain("observe 1");
    }

    @Test
    void ranksEqualThoseComputedByHand() {
        Scoreboard board = run(Plan.stream(STREAM, false, 1), new MostFrequent());

        // ann:a miss | bob:a alone | ann:b miss | bob:b alone, since a is seen | cid:b behind a (3
        // to 2) | cid:a alone.
        assertThat(ranks(board))
                .containsExactly(Scoreboard.MISS, 1.0, Scoreboard.MISS, 1.0, 2.0, 1.0);
        assertThat(Figure.hits("recall@10", "", Moments.WHOLE, 10).of(board))
                .isEqualTo(4 / 6.0, within(1e-12));
        assertThat(figure(board, Moments.WHOLE)).isEqualTo(3.5 / 6, within(1e-12));
    }

    @Test
    void withRepeatsBaselinesRankThemToo() {
        Scoreboard board = run(Plan.stream(STREAM, true, 1), new MostFrequent());

        // bob:b behind a (2 to 1); ann repeats a, as frequent as b.
        assertThat(board.rank(3)).isEqualTo(2);
        assertThat(board.rank(4)).isEqualTo(1.5);
        assertThat(board.moments().count(Moment::first)).isEqualTo(6);
        assertThat(figure(board, moment -> !moment.first())).isEqualTo(1 / 1.5, within(1e-6));
    }

    @Test
    void shownItemsMakeCoverageAndTheirRarityNovelty() {
        Trace trace = Toy.views("ann:a", "ann:a", "ann:a", "ann:b", "bob:a");
        Scoreboard board = run(Plan.stream(trace, false, 1), new MostFrequent());

        // Only bob's requests are ranked: a (3 of 4 events) and b (1 of 4).
        assertThat(board.distinctShown()).isEqualTo(2);
        double bits = (Math.log(4 / 3.0) + Math.log(4)) / Math.log(2) / 2;
        assertThat(board.novelty()).isEqualTo(bits, within(1e-9));
    }

    @Test
    void theProductRecommendsItemsOfOthersAndNoneThatThePersonHasSeen() {
        Plan plan = Plan.stream(STREAM, false, 1);
        List<Contender> contenders = new ArrayList<>(Contender.sources());
        contenders.addFirst(Contender.blend(STRATEGY, 10));
        Method product = new ProductMethod(plan, ReplaySettings.UNLIMITED, contenders, null, null);
        List<Scoreboard> boards = new Pass(plan).run(List.of(product), step -> {});

        Scoreboard blend = boards.getFirst();
        assertThat(blend.entrant().name()).isEqualTo("blend");
        assertThat(blend.rank(0)).isEqualTo(Scoreboard.MISS);
        // One eligible item: bob:a, bob:b, cid:a.
        assertThat(List.of(blend.rank(1), blend.rank(3), blend.rank(5))).containsOnly(1.0);
        // Two eligible items.
        assertThat(blend.rank(4)).isBetween(1.0, 2.0);
        assertThat(boards)
                .extracting(board -> board.entrant().name())
                .contains("co-occurrence", "popularity");
    }

    @Test
    void withRepeatsEveryEventIsRankedAmongAllItemsSeen() {
        Scoreboard board = blend(Plan.stream(STREAM, true, 1), ReplaySettings.UNLIMITED);

        assertThat(board.moments().size()).isEqualTo(7);
        // ann repeats a, one of two items at the first or second rank.
        assertThat(board.rank(4)).isBetween(1.0, 2.0);
        // bob:b is no longer alone, since a may be repeated.
        assertThat(board.rank(3)).isBetween(1.0, 2.0);
    }

    @Test
    void equalStreamsGiveEqualRanks() {
        String[] views = new String[300];
        Arrays.setAll(views, at -> "p" + (at * 7 % 13) + ":i" + (at * at % 31));
        Plan plan = Plan.stream(Toy.views(views), false, 1);

        assertThat(ranks(blend(plan, ReplaySettings.UNLIMITED)))
                .isEqualTo(ranks(blend(plan, ReplaySettings.UNLIMITED)))
                .contains(1.0);
    }

    @Test
    void anItemOfTheCatalogueIsRankedFromItsFirstEventOnThoughOnePersonKnowsIt() {
        Plan plan = Plan.stream(Toy.views("ann:a", "bob:a", "cid:a"), false, 1);
        assertThat(ranks(blend(plan, ReplaySettings.DEFAULT)).subList(1, 3)).containsOnly(1.0);
    }

    @Test
    void anItemIsRankedBehindAllOthersUntilItIsPut() {
        Trace trace = Toy.views("ann:a", "ann:b", "ann:c", "bob:c", "bob:b", "cid:c");
        ReplaySettings late =
                new ReplaySettings(ReplaySettings.DEFAULT.model(), Duration.ofMinutes(3));
        Scoreboard board = blend(Plan.stream(trace, false, 1), late);
        // a was put in front of bob:c; b and c were not, and share the two last ranks.
        assertThat(board.rank(3)).isEqualTo(2.5);
        // b was put in front of bob:b.
        assertThat(board.rank(4)).isBetween(1.0, 2.0);
    }

    @Test
    void learningOnRanksThenLearnsEachStep() {
        MostFrequent baseline = new MostFrequent();

        Scoreboard board = run(test(true, Plan.After.LEARN), baseline);

        // a has three events, b one: bob:a is first, cid:b second, bob:b second, bob:c a miss.
        assertThat(ranks(board)).containsExactly(1.0, 2.0, 2.0, Scoreboard.MISS);
        assertThat(baseline.calls.subList(4, 9))
                .containsExactly("start", "score 1 of 2", "learn 0", "score 2 of 2", "learn 1");
    }

    @Test
    void aFrozenTestObservesAndRanksAmongWhatWasKnown() {
        MostFrequent baseline = new MostFrequent();

        Scoreboard board = run(test(true, Plan.After.OBSERVE), baseline);

        assertThat(ranks(board)).containsExactly(1.0, 2.0, 2.0, Scoreboard.MISS);
        assertThat(baseline.calls.subList(4, baseline.calls.size()))
                .containsExactly(
                        "start",
                        "score 1 of 2",
                        "observe 0",
                        "score 2 of 2",
                        "observe 1",
                        "score 1 of 2",
                        "observe 1",
                        "score 1 of 2",
                        "observe 2");
    }

    @Test
    void withoutRepeatsFirstInteractionsAreRankedAmongOtherItems() {
        // bob:a is a repeat; b is then the only item left to cid and to bob.
        assertThat(ranks(run(test(false, Plan.After.LEARN), new MostFrequent())))
                .containsExactly(1.0, 1.0, Scoreboard.MISS);
    }

    @Test
    void figuresAreThoseOfTheNextItemAndRecallThatOfAllToCome() {
        Plan plan = test(true, Plan.After.LEARN);
        Scoreboard board = run(plan, new MostFrequent());

        Entry entry = Sheet.ofTest("toy", plan, board.moments(), 1).entry(List.of(board));

        assertThat(entry.figure("hr@5")).isEqualTo(3 / 4.0);
        assertThat(entry.figure("mrr@20")).isEqualTo((1 + 0.5 + 0.5) / 4, within(1e-6));
        double second = Math.log(2) / Math.log(3);
        assertThat(entry.figure("ndcg@10")).isEqualTo((1 + 2 * second) / 4, within(1e-6));
        // bob goes on to a, b and c, of which a and b are in the list; cid to b; bob to b and c,
        // then to c alone, which nobody knows.
        assertThat(entry.figure("recall@5"))
                .isEqualTo((2 / 3.0 + 1 + 1 / 2.0 + 0) / 4, within(1e-6));
        assertThat(board.moments().count(Moments.UNSEEN_ITEMS)).isEqualTo(1);
        assertThat(entry.measures())
                .extracting(Measure::name)
                .containsExactly("hr@20", "mrr@20", "ndcg@20", "recall@20", "hr@10", "mrr@10");
    }

    @Test
    void theFrozenProductKnowsTheHistoryAndNoNewItem() {
        String[] views = new String[62];
        for (int at = 0; at < 60; at++) {
            views[at] = "p" + at / 3 + ":" + (at / 3 % 2 == 0 ? "a" : "x") + at % 3;
        }
        views[60] = "new:a0";
        views[61] = "new:a1";
        Plan plan =
                Plan.splitAt(
                        Toy.views(views), 60, new Plan.Rules(false, Plan.After.OBSERVE, false, 1));

        // What the others with a0 went on to: a1 and a2 before x0, x1 and x2.
        assertThat(blend(plan, ReplaySettings.UNLIMITED).rank(1)).isLessThanOrEqualTo(2);
    }
}
