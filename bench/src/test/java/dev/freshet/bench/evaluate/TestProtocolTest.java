package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.ranking.StackingStrategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestProtocolTest {
    /** Ranks items by their numbers of events, and records what it is told. */
    private static final class MostFrequent implements Baseline {
        private final List<String> calls = new ArrayList<>();
        private final float[] counts = new float[100];

        @Override
        public String name() {
            return "most-frequent";
        }

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

    /** Items a to c are 0 to 2 in the order of the stream. */
    private static final Trace TRACE =
            Toy.views("ann:a", "ann:b", "bob:a", "cid:a", "bob:a", "cid:b", "bob:b", "bob:c");

    private static TestPlan plan(boolean repeats, boolean frozen, boolean sessions) {
        return TestPlan.splitAt(
                TRACE, new SplitPoint.Share(0.5), new TestPlan.Rules(repeats, frozen, sessions, 1));
    }

    private static float[] ranks(TestPlan plan, Baseline baseline) {
        TestProtocol protocol = new TestProtocol(TRACE, plan);
        TestBoard board = protocol.baselines(List.of(baseline)).getFirst();
        float[] ranks = new float[protocol.moments().size()];
        for (int at = 0; at < ranks.length; at++) {
            ranks[at] = board.rank(at);
        }
        return ranks;
    }

    @Test
    void learningOnRanksThenLearnsEachStep() {
        MostFrequent baseline = new MostFrequent();

        float[] ranks = ranks(plan(true, false, false), baseline);

        // a has three events, b one: bob:a is first, cid:b second, bob:b second, bob:c a miss.
        assertThat(ranks).containsExactly(1, 2, 2, RankedPlace.MISS);
        assertThat(baseline.calls.subList(4, 9))
                .containsExactly("start", "score 1 of 2", "learn 0", "score 2 of 2", "learn 1");
    }

    @Test
    void aFrozenTestObservesAndRanksAmongWhatWasKnown() {
        MostFrequent baseline = new MostFrequent();

        float[] ranks = ranks(plan(true, true, false), baseline);

        assertThat(ranks).containsExactly(1, 2, 2, RankedPlace.MISS);
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
        assertThat(ranks(plan(false, false, false), new MostFrequent()))
                .containsExactly(1, 1, RankedPlace.MISS);
    }

    @Test
    void theFirstInteractionOfASessionIsNotRanked() {
        Trace trace = Toy.views("s1:a", "s1:b", "s2:a", "s2:b", "s3:a", "s3:b");
        TestPlan plan =
                TestPlan.splitAt(
                        trace, new SplitPoint.Share(0.34), new TestPlan.Rules(true, true, true, 1));

        assertThat(plan.before()).hasSize(2);
        assertThat(plan.ranked()).containsExactly(false, true, false, true);
    }

    @Test
    void figuresAreThoseOfTheNextItemAndRecallThatOfAllToCome() {
        TestPlan plan = plan(true, false, false);
        TestProtocol protocol = new TestProtocol(TRACE, plan);
        TestBoard board = protocol.baselines(List.of(new MostFrequent())).getFirst();

        Entry entry = board.entry(protocol.moments(), TRACE.people());

        assertThat(entry.figure("hr@5")).isEqualTo(3 / 4.0);
        assertThat(entry.figure("mrr@20")).isEqualTo((1 + 0.5 + 0.5) / 4, within(1e-6));
        double second = Math.log(2) / Math.log(3);
        assertThat(entry.figure("ndcg@10")).isEqualTo((1 + 2 * second) / 4, within(1e-6));
        // bob goes on to a, b and c, of which a and b are in the list; cid to b; bob to b and c,
        // then to c alone, which nobody knows.
        assertThat(entry.figure("recall@5"))
                .isEqualTo((2 / 3.0 + 1 + 1 / 2.0 + 0) / 4, within(1e-6));
        assertThat(protocol.neverSeen()).isEqualTo(1);
        assertThat(entry.measures()).extracting(Measure::name).containsAll(TestBoard.MEASURED);
    }

    @Test
    void leavingTheLastOneOutLearnsAllOthersAndAsksAfterTheEnd() {
        TestPlan plan = TestPlan.leaveLastOneOut(TRACE, new TestPlan.Rules(true, false, false, 1));

        assertThat(plan.test().stream().map(step -> step.row().target().id()))
                .containsExactly("b", "b", "c");
        assertThat(plan.before()).hasSize(5);
        assertThat(plan.rules().frozen()).isTrue();
        assertThat(plan.askedAt(0)).isAfter(TRACE.steps().getLast().interaction().at());
        assertThat(plan.request(0).at()).isEqualTo(plan.askedAt(0));
    }

    @Test
    void withoutRepeatsTheLastItemIsHeldOutWithAllItsInteractions() {
        Trace trace = Toy.views("ann:a", "bob:b", "ann:b", "ann:b", "ann:a", "cid:a");

        TestPlan plan = TestPlan.leaveLastOneOut(trace, new TestPlan.Rules(false, false, false, 1));

        // ann's last item is b; bob and cid have one item each, which is learned.
        assertThat(plan.test()).hasSize(1);
        assertThat(plan.before().stream().map(step -> step.row().target().id()))
                .containsExactly("a", "b", "a", "a");
    }

    @Test
    void itemsOfTheTestAloneAreNumberedLast() {
        Trace trace = Toy.views("ann:a", "ann:x", "bob:a", "bob:y");

        TestPlan plan = TestPlan.leaveLastOneOut(trace, new TestPlan.Rules(false, false, false, 1));

        assertThat(plan.before().stream().map(step -> step.interaction().item()))
                .containsExactly(0, 0);
        assertThat(plan.test().stream().map(step -> step.interaction().item()))
                .containsExactly(1, 2);
    }

    @Test
    void theFrozenProductKnowsTheHistoryAndNoNewItem() {
        String[] views = new String[62];
        for (int at = 0; at < 60; at++) {
            views[at] = "p" + at / 3 + ":" + (at / 3 % 2 == 0 ? "a" : "x") + at % 3;
        }
        views[60] = "new:a0";
        views[61] = "new:a1";
        Trace trace = Toy.views(views);
        TestPlan plan =
                TestPlan.splitAt(
                        trace,
                        new SplitPoint.Share(60 / 62.0),
                        new TestPlan.Rules(false, true, false, 1));
        TestProtocol protocol = new TestProtocol(trace, plan);

        TestBoard board =
                protocol.product(
                                ReplaySettings.UNLIMITED,
                                List.of(Contender.blend(new StackingStrategy(), 20)),
                                step -> {})
                        .getFirst();

        // What the others with a0 went on to: a1 and a2 before x0, x1 and x2.
        assertThat(board.rank(1)).isLessThanOrEqualTo(2);
    }
}
