package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.baseline.Baseline;
import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.bench.baseline.SettingsChoice;
import dev.freshet.bench.baseline.SettingsChoice.Result;
import dev.freshet.bench.evaluate.Trace.Step;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static List<String> ids(List<Step> steps) {
        return steps.stream().map(step -> step.row().target().id()).toList();
    }

    @Test
    void theFirstInteractionOfASessionIsNotRanked() {
        Trace trace = Toy.views("s1:a", "s1:b", "s2:a", "s2:b", "s3:a", "s3:b");
        Plan plan = Plan.splitAt(trace, 2, new Plan.Rules(true, Plan.After.OBSERVE, true, 1));

        assertThat(plan.before()).hasSize(2);
        assertThat(plan.ranked()).containsExactly(false, true, false, true);
    }

    @Test
    void leavingTheLastOneOutLearnsAllOthersAndAsksAfterTheEnd() {
        Trace trace =
                Toy.views("ann:a", "ann:b", "bob:a", "cid:a", "bob:a", "cid:b", "bob:b", "bob:c");
        Plan plan = Plan.leaveLastOneOut(trace, true, false, 1);

        assertThat(ids(plan.test())).containsExactly("b", "b", "c");
        assertThat(plan.before()).hasSize(5);
        assertThat(plan.isFrozen()).isTrue();
        assertThat(plan.request(0).interaction().at())
                .isAfter(trace.steps().getLast().interaction().at());
    }

    @Test
    void withoutRepeatsTheLastItemIsHeldOutWithAllItsInteractions() {
        Trace trace = Toy.views("ann:a", "bob:b", "ann:b", "ann:b", "ann:a", "cid:a");

        Plan plan = Plan.leaveLastOneOut(trace, false, false, 1);

        // ann's last item is b; bob and cid have one item each, which is learned.
        assertThat(plan.test()).hasSize(1);
        assertThat(ids(plan.before())).containsExactly("a", "b", "a", "a");
    }

    @Test
    void itemsOfTheTestAloneAreNumberedLast() {
        Plan plan =
                Plan.leaveLastOneOut(
                        Toy.views("ann:a", "ann:x", "bob:a", "bob:y"), false, false, 1);

        assertThat(plan.before().stream().map(step -> step.interaction().item()))
                .containsExactly(0, 0);
        assertThat(plan.test().stream().map(step -> step.interaction().item()))
                .containsExactly(1, 2);
    }

    /** Always ranks one item first. */
    private record Fan(int favourite) implements Baseline {
        @Override
        public void score(FirstInteraction request, float[] scores) {
            Arrays.fill(scores, 0);
            scores[favourite] = 1;
        }

        @Override
        public void learn(FirstInteraction interaction) {}
    }

    @Test
    void settingsAreChosenOnTheOpeningOfAStreamWhereEqualScoresRankInTheMiddle() {
        // One person has 20 items, then ten people item 2, and on the rest item 1 would win.
        String[] views = new String[100];
        Arrays.setAll(views, at -> at < 20 ? "p:" + at : "p" + at + (at < 30 ? ":2" : ":1"));
        Plan plan = Plan.stream(Toy.views(views), false, 1);

        SettingsChoice choice = Evaluation.choice(plan);

        assertThat(choice.part()).isEqualTo("on the first 30 %");
        assertThat(plan.choice().steps()).isEqualTo(30);
        // The first 20 items are new. Then item 2 is first, or shares the places 2 to 20.
        assertThat(choice.trial().apply(new Fan(2))).isEqualTo(new Result(10, 10));
        assertThat(choice.trial().apply(new Fan(1))).isEqualTo(new Result(0, 0));
    }

    @Test
    void settingsAreChosenOnTheLastFifthOfWhatIsLearnedBeforeATestByItsRules() {
        String[] views = new String[100];
        Arrays.setAll(views, at -> "p" + at % 5 + ":" + (at < 25 ? at : 24));
        Plan.Rules rules = new Plan.Rules(true, Plan.After.OBSERVE, false, 1);
        Plan plan = Plan.splitAt(Toy.views(views), 50, rules);

        assertThat(plan.choice().before()).hasSize(40);
        assertThat(plan.choice().test()).hasSize(10);
        assertThat(plan.choice().isFrozen()).isTrue();
        // Ten repeats of item 24; what counts is the reciprocal rank.
        SettingsChoice choice = Evaluation.choice(plan);
        assertThat(choice.part()).isEqualTo("on the last 20 % before the test");
        assertThat(choice.trial().apply(new Fan(24))).isEqualTo(new Result(10, 10));
        assertThat(choice.trial().apply(new Fan(0)).merit()).isBetween(0.5, 1.5);
    }
}
