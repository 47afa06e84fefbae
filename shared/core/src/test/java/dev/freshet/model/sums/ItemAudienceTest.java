package dev.freshet.model.sums;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.example.ModelTime;
import dev.freshet.model.sums.ItemAudience.AudienceHalfLife;
import dev.freshet.model.sums.ItemAudience.ListTotals;
import java.time.Instant;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ItemAudienceTest {
    private static final int NOON = ModelTime.of(Instant.parse("2026-03-10T12:00:00Z"));
    private static final int DAY = 86_400;
    private static final Offset<Double> SINGLE = within(1e-4);

    @Test
    void anItemThatWasNeverShownHasNothing() {
        ItemAudience none = ItemAudience.EMPTY;

        assertThat(none.firstShown(7)).isEqualTo(ModelTime.NEVER);
        assertThat(none.shown(7, AudienceHalfLife.DAY, NOON)).isZero();
        assertThat(none.readings(7)).isZero();
    }

    @Test
    void showingsAndClicksHalveWithEachHalfLife() {
        ItemAudience.Draft draft = ItemAudience.EMPTY.draft();
        draft.shown(3, NOON);
        draft.shown(3, NOON);
        draft.clicked(3, NOON + 10);
        draft.shown(3, NOON + DAY);
        ItemAudience audience = draft.seal();

        assertThat(audience.shown(3, AudienceHalfLife.DAY, NOON + DAY)).isCloseTo(2, SINGLE);
        assertThat(audience.shown(3, AudienceHalfLife.DAY, NOON + 2 * DAY)).isCloseTo(1, SINGLE);
        assertThat(audience.clicked(3, AudienceHalfLife.DAY, NOON + DAY)).isCloseTo(0.5, SINGLE);
        assertThat(audience.shown(3, AudienceHalfLife.FORTNIGHT, NOON + 14 * DAY))
                .isCloseTo(1 + Math.pow(2, 1 / 14.0) / 2, SINGLE);
        assertThat(audience.firstShown(3)).isEqualTo(NOON);
        assertThat(audience.lastShown(3)).isEqualTo(NOON + DAY);
    }

    @Test
    void theOrderOfShowingsDoesNotMatterBeyondSinglePrecision() {
        int[] times = new SplittableRandom(5).ints(500, NOON, NOON + 20 * DAY).toArray();
        ItemAudience.Draft asTheyCame = ItemAudience.EMPTY.draft();
        double expected = 0;
        for (int time : times) {
            asTheyCame.shown(0, time);
            expected += Math.pow(2, (double) (time - NOON - 20 * DAY) / DAY);
        }

        assertThat(asTheyCame.seal().shown(0, AudienceHalfLife.DAY, NOON + 20 * DAY))
                .isCloseTo(expected, within(expected * 1e-4));
    }

    @Test
    void aClickOnWhatWasNeverShownIsNotCounted() {
        ItemAudience.Draft draft = ItemAudience.EMPTY.draft();
        draft.clicked(0, NOON);

        assertThat(draft.seal().clicked(0, AudienceHalfLife.DAY, NOON)).isZero();
    }

    @Test
    void aTimeFarFromTheLatestShowingKeepsSumsFinite() {
        ItemAudience.Draft draft = ItemAudience.EMPTY.draft();
        draft.shown(0, NOON);
        draft.clicked(0, Integer.MAX_VALUE);
        draft.shown(0, Integer.MIN_VALUE);
        ItemAudience audience = draft.seal();

        assertThat(audience.clicked(0, AudienceHalfLife.DAY, NOON)).isFinite();
        assertThat(audience.shown(0, AudienceHalfLife.DAY, NOON)).isCloseTo(1, SINGLE);
    }

    @Test
    void readingsAreTakenBackAndNeverBelowZero() {
        ItemAudience.Draft draft = ItemAudience.EMPTY.draft();
        draft.dwelt(1, 300, 1);
        draft.dwelt(1, 40, 1);
        draft.dwelt(1, 40, -1);
        draft.scrolled(1, 75, 1);
        draft.scrolled(1, 74, 1);
        draft.scrolled(0, 80, -1);
        draft.dwelt(0, 10, -1);
        ItemAudience audience = draft.seal();

        assertThat(audience.readings(1)).isEqualTo(1);
        assertThat(audience.seconds(1)).isEqualTo(300);
        assertThat(audience.scrolls(1)).isEqualTo(2);
        assertThat(audience.deepScrolls(1)).isEqualTo(1);
        assertThat(audience.scrolls(0)).isZero();
        assertThat(audience.seconds(0)).isZero();
    }

    @Test
    void anItemIsLiftedByMoreClicksThanUsualAndDrawnToTheUsualRate() {
        ItemAudience.Draft draft = ItemAudience.EMPTY.draft();
        for (int list = 0; list < 300; list++) {
            draft.shown(0, NOON);
            draft.shown(1, NOON);
            draft.shown(2, NOON);
            if (list % 3 == 0) {
                draft.clicked(0, NOON);
            }
        }
        draft.shown(3, NOON);
        draft.clicked(3, NOON);
        ItemAudience audience = draft.seal();
        double usual = (101 + 10) / (901 + 100.0);

        assertThat(audience.totals().rate()).isCloseTo(usual, SINGLE);
        assertThat(audience.lift(0, 20, true)).isCloseTo((100 + 20 * usual) / 320 / usual, SINGLE);
        assertThat(audience.lift(1, 20, true)).isCloseTo(20 / 320.0, SINGLE);
        assertThat(audience.lift(3, 20, true)).isBetween(1.0, 1.5);
        assertThat(audience.lift(4, 20, true)).isEqualTo(1);
    }

    @Test
    void aHiddenItemTellsNothingOfItsClicks() {
        ItemAudience.Draft draft = ItemAudience.EMPTY.draft();
        for (int list = 0; list < 30; list++) {
            draft.shown(0, NOON);
            draft.shown(1, NOON);
        }
        draft.clicked(0, NOON);
        draft.clicked(0, NOON);
        ItemAudience audience = draft.seal();

        assertThat(audience.lift(0, 20, false)).isEqualTo(audience.lift(1, 20, false));
        assertThat(audience.lift(0, 20, false)).isLessThan(audience.lift(0, 20, true));
    }

    @Test
    void totalsDecayAsItemsDo() {
        ItemAudience.Draft draft = ItemAudience.EMPTY.draft();
        draft.shown(0, NOON);
        draft.clicked(0, NOON);
        draft.shown(1, NOON - 14 * DAY);
        draft.shown(1, NOON + 14 * DAY);
        ListTotals totals = draft.seal().totals();

        assertThat(totals.last()).isEqualTo(NOON + 14 * DAY);
        assertThat(totals.shown()).isCloseTo(1 + 0.5 + 0.25, SINGLE);
        assertThat(totals.clicked()).isCloseTo(0.5, SINGLE);
    }
}
