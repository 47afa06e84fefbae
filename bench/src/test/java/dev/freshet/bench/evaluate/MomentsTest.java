package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MomentsTest {
    private static final Trace TRACE =
            Toy.views("ann:a", "ann:b", "ann:a", "bob:a", "ann:c", "ann:d", "ann:e", "bob:e");

    @Test
    void firstInteractionsAreRankedAndRepeatsOnlyOnRequest() {
        assertThat(Moments.of(TRACE, false, 1).step()).containsExactly(0, 1, 3, 4, 5, 6, 7);
        assertThat(Moments.of(TRACE, true, 1).step()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void aSampleTakesEveryNthFromTheFirstOn() {
        assertThat(Moments.of(TRACE, false, 3).step()).containsExactly(0, 4, 7);
    }

    @Test
    void historyCountsDistinctItemsAndAnItemItsEvents() {
        Moments moments = Moments.of(TRACE, false, 1);

        assertThat(moments.person()).containsExactly(0, 0, 1, 0, 0, 0, 1);
        assertThat(moments.history()).containsExactly(0, 1, 0, 2, 3, 4, 1);
        assertThat(moments.itemEvents()).containsExactly(0, 0, 2, 0, 0, 0, 1);
    }

    @Test
    void thinIsAtMostThreeItemsBeforeAndNewOneToThreeEvents() {
        Moments moments = Moments.of(TRACE, false, 1);

        assertThat(Part.WHOLE.count(moments)).isEqualTo(7);
        assertThat(Part.THIN.count(moments)).isEqualTo(6);
        assertThat(Part.NEW_ITEMS.count(moments)).isEqualTo(2);
        assertThat(Part.UNSEEN_ITEMS.count(moments)).isEqualTo(5);
        // Of eight steps, those from the third on are after the first 30 %.
        assertThat(Part.LATE.count(moments)).isEqualTo(5);
    }

    @Test
    void slicesAreTwentiethsOfTheStreamAndStepsOfHistory() {
        Moments moments = Moments.of(TRACE, false, 1);

        assertThat(Slices.overStream(moments).labels()).hasSize(20).startsWith("5").endsWith("100");
        assertThat(Slices.byHistory(moments).labels())
                .containsExactly("0", "1–3", "4–7", "8–15", "16–31", "32–63", "64–127", "128+");
        assertThat(Slices.byHistory(moments).counts(moments))
                .containsExactly(2, 4, 1, 0, 0, 0, 0, 0);
    }
}
