package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bench.evaluate.LossTable.Fate;
import dev.freshet.ranking.Strategy.StackingStrategy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossTableTest {
    private static final StackingStrategy STRATEGY = new StackingStrategy();

    private static final Plan PLAN = Plan.stream(manyItems(), false, 1);

    private static Trace manyItems() {
        String[] views = new String[1_500];
        for (int at = 0; at < views.length; at++) {
            views[at] = "p" + at % 97 + ":i" + (at * 7919L + at / 13) % 150;
        }
        return Toy.views(views);
    }

    @Test
    void everyMomentHasOneFateAndTheListedOnesAreTheHitsOfTheBlend() {
        LossTable losses = new LossTable(STRATEGY);
        Scoreboard board = Toy.blend(PLAN, ReplaySettings.UNLIMITED, losses);
        Moments moments = board.moments();
        losses.countNeverSeen(moments.count(Moments.UNSEEN_ITEMS));

        assertThat(losses.moments()).isEqualTo(moments.size());
        assertThat(Arrays.stream(Fate.values()).mapToInt(losses::moments).sum())
                .isEqualTo(moments.size());
        assertThat(losses.moments(Fate.NEVER_SEEN)).isEqualTo(150);
        int hits = 0;
        for (int at = 0; at < moments.size(); at++) {
            hits += board.hit(at, 10) ? 1 : 0;
        }
        assertThat(losses.moments(Fate.LISTED)).isEqualTo(hits);
        assertThat(losses.moments(Fate.NEAR_MISS)).isPositive();
        double bound = losses.oracle(Fate.LISTED, Fate.NEAR_MISS, Fate.BEYOND);
        assertThat(bound)
                .isGreaterThanOrEqualTo(losses.share(Fate.LISTED))
                .isLessThanOrEqualTo(1 - losses.share(Fate.NEVER_SEEN) + 1e-9);
    }

    @Test
    void leadsOfTheSignalsAreLargestFirstAndExplainTheGap() {
        LossTable losses = new LossTable(STRATEGY);
        Toy.blend(PLAN, ReplaySettings.UNLIMITED, losses);
        List<LossTable.SignalLead> leads = losses.leads(Fate.NEAR_MISS);

        assertThat(leads.getFirst().lead()).isPositive();
        for (int at = 1; at < leads.size(); at++) {
            assertThat(leads.get(at).lead()).isLessThanOrEqualTo(leads.get(at - 1).lead());
        }
        // The parts add up to the distance of the scores, which is above 0 for each moment.
        assertThat(leads.stream().mapToDouble(LossTable.SignalLead::lead).sum()).isPositive();
    }

    @Test
    void theReportNamesEachFateAndTheBound() {
        LossTable losses = new LossTable(STRATEGY);
        Scoreboard board = Toy.blend(PLAN, ReplaySettings.UNLIMITED, losses);
        losses.countNeverSeen(board.moments().count(Moments.UNSEEN_ITEMS));

        assertThat(losses.text())
                .contains("not a candidate", "ranked 11 to 100", "best order of the candidates");
        assertThat(losses.text()).contains("never seen");
        var json = losses.json();
        double sum = 0;
        for (var share : json.path("shares")) {
            sum += share.asDouble();
        }
        assertThat(sum).isEqualTo(1, within(1e-3));
        assertThat(json.path("oracle").path("candidates").asDouble())
                .isGreaterThanOrEqualTo(json.path("oracle").path("first100").asDouble());
        assertThat(json.path("outrankedBy").path("rank11To100").size()).isPositive();
    }
}
