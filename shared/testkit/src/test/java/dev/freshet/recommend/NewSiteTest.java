package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.blend.BlendState;
import dev.freshet.model.blend.StackingSettings;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.recommend.NewSite.Clicks;
import dev.freshet.recommend.NewSite.Hour;
import org.junit.jupiter.api.Test;

/** The first two days of a generated site: see {@link NewSite}. */
class NewSiteTest {
    private static final long SEED = 1;
    private static final int HOURS = 48;

    /** Returns many visits in the first hours, when all ages are alike, and fewer later. */
    private static int visits(int hour) {
        return hour < 4 ? 240 : 40;
    }

    @Test
    void inEveryHourAfterTheFirstPersonalisedListsAreClickedAsOftenAsPopularOnesOrMore() {
        NewSite site = new NewSite(SEED);
        Clicks all = Clicks.NONE;
        for (int hour = 0; hour < HOURS; hour++) {
            Hour visits = site.hour(visits(hour));
            if (hour > 0) {
                assertThat(visits.known().personalised())
                        .as("clicks of known users in hour %d, seed %d", hour, SEED)
                        .isGreaterThanOrEqualTo(visits.known().popular());
                all = all.plus(visits.all());
            }
            assertThatNoWeightIsBeyondItsBound(site.model().blend(), hour);
        }
        assertThat(all.personalised()).as("seed %d", SEED).isGreaterThan(all.popular());
        assertThat(site.model().blend().steps()).isGreaterThan(2_000);
        assertThat(site.boundedMoves()).isZero();
    }

    private static void assertThatNoWeightIsBeyondItsBound(BlendState blend, int hour) {
        for (HistoryLength history : HistoryLength.values()) {
            for (Signal signal : SignalFamilies.SIGNALS) {
                double bound = StackingSettings.DEFAULT.bound() / signal.leastUnit();
                float weight = blend.weight(history.at(), signal.at());
                assertThat(Math.abs(weight - signal.startingWeight(history)))
                        .as("%s in hour %d, seed %d", signal.name(), hour, SEED)
                        .isLessThanOrEqualTo((float) bound);
            }
        }
    }
}
