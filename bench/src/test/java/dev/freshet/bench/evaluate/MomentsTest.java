package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.Moments.Moment;
import dev.freshet.bench.evaluate.Moments.Slices;
import java.util.List;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private static final Trace TRACE =
            Toy.views("ann:a", "ann:b", "ann:a", "bob:a", "ann:c", "ann:d", "ann:e", "bob:e");

    private static List<Integer> steps(boolean repeats, int every) {
        return Moments.of(Plan.stream(TRACE, repeats, every)).all().stream()
                .map(Moment::step)
                .toList();
    }

    @Test
    void firstInteractionsAreRankedAndRepeatsOnlyOnRequest() {
        assertThat(steps(false, 1)).containsExactly(0, 1, 3, 4, 5, 6, 7);
        assertThat(steps(true, 1)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void aSampleTakesEveryNthFromTheFirstOn() {
        assertThat(steps(false, 3)).containsExactly(0, 4, 7);
    }

    @Test
    void historyCountsDistinctItemsAndAnItemItsEvents() {
        Moments moments = Moments.of(Plan.stream(TRACE, false, 1));

        assertThat(moments.all()).extracting(Moment::person).containsExactly(0, 0, 1, 0, 0, 0, 1);
        assertThat(moments.all()).extracting(Moment::history).containsExactly(0, 1, 0, 2, 3, 4, 1);
        assertThat(moments.all())
                .extracting(Moment::itemEvents)
                .containsExactly(0, 0, 2, 0, 0, 0, 1);
    }

    @Test
    void thinIsAtMostThreeItemsBeforeAndNewOneToThreeEvents() {
        Moments moments = Moments.of(Plan.stream(TRACE, false, 1));

        assertThat(moments.count(Moments.WHOLE)).isEqualTo(7);
        assertThat(moments.count(Moments.THIN)).isEqualTo(6);
        assertThat(moments.count(Moments.NEW_ITEMS)).isEqualTo(2);
        assertThat(moments.count(Moments.UNSEEN_ITEMS)).isEqualTo(5);
        // Of eight steps, those from the third on are after the first 30 %.
        assertThat(moments.count(Moments.LATE)).isEqualTo(5);
    }

    @Test
    void slicesAreTwentiethsOfTheStreamAndStepsOfHistory() {
        Moments moments = Moments.of(Plan.stream(TRACE, false, 1));

        assertThat(Slices.overStream().labels()).hasSize(20).startsWith("5").endsWith("100");
        assertThat(Slices.byHistory().labels())
                .containsExactly("0", "1–3", "4–7", "8–15", "16–31", "32–63", "64–127", "128+");
        assertThat(Slices.byHistory().counts(moments)).containsExactly(2, 4, 1, 0, 0, 0, 0, 0);
    }
}
