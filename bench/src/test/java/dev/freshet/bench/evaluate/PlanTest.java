package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.Plan.SplitPoint;
import dev.freshet.bench.evaluate.Trace.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static List<String> ids(List<Step> steps) {
        return steps.stream().map(step -> step.row().target().id()).toList();
    }

    @Test
    void theFirstInteractionOfASessionIsNotRanked() {
        Trace trace = Toy.views("s1:a", "s1:b", "s2:a", "s2:b", "s3:a", "s3:b");
        Plan plan =
                Plan.splitAt(
                        trace,
                        new SplitPoint.Share(0.34),
                        new Plan.Rules(true, Plan.After.OBSERVE, true, 1));

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
}
