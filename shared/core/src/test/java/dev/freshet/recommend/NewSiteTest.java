package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.blend.BlendState;
import dev.freshet.model.blend.Stacking;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.recommend.NewSite.Clicks;
import dev.freshet.recommend.NewSite.Hour;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The first two days of generated sites: see {@link NewSite}. One position of ten is an item that
 * few people could click yet, which costs clicks today, so a list that is as good as the most
 * clicked items in its other positions is clicked a little less.
 */
class NewSiteTest {
    private static final int SITES = 4;
    private static final int HOURS = 48;

    /** Share of the clicks that the position of new items may cost while little is known. */
    private static final double LEAST = 0.97;

    /** Returns many visits in the first hours, when all ages are alike, and fewer later. */
    private static int visits(int hour) {
        return hour < 4 ? 240 : 40;
    }

    @Test
    void inEveryHourAfterTheFirstPersonalisedListsAreClickedAsOftenAsPopularOnesOrMore() {
        List<Clicks> all = new ArrayList<>(Collections.nCopies(HOURS, Clicks.NONE));
        List<Clicks> known = new ArrayList<>(Collections.nCopies(HOURS, Clicks.NONE));
        for (int seed = 1; seed <= SITES; seed++) {
            NewSite site = new NewSite(seed);
            for (int hour = 0; hour < HOURS; hour++) {
                Hour visits = site.hour(visits(hour));
                all.set(hour, all.get(hour).plus(visits.all()));
                known.set(hour, known.get(hour).plus(visits.known()));
                assertThatNoWeightIsBeyondItsBound(site.model().blend(), seed, hour);
            }
            assertThat(site.model().blend().steps()).as("seed %d", seed).isGreaterThan(2_000);
            assertThat(site.boundedMoves()).as("seed %d", seed).isZero();
        }
        Clicks sum = Clicks.NONE;
        for (int hour = 1; hour < HOURS; hour++) {
            assertThat(all.get(hour).personalised() / all.get(hour).popular())
                    .as("clicks of all users in hour %d of %d sites", hour, SITES)
                    .isGreaterThan(LEAST);
            assertThat(known.get(hour).personalised())
                    .as("clicks of known users in hour %d of %d sites", hour, SITES)
                    .isGreaterThanOrEqualTo(known.get(hour).popular());
            sum = sum.plus(all.get(hour));
        }
        assertThat(sum.personalised() / sum.popular()).isGreaterThan(1.2);
    }

    private static void assertThatNoWeightIsBeyondItsBound(BlendState blend, int seed, int hour) {
        for (HistoryLength history : HistoryLength.values()) {
            for (Signal signal : SignalFamilies.SIGNALS) {
                double bound = Stacking.Settings.DEFAULT.bound() / signal.leastUnit();
                float weight = blend.weight(history.at(), signal.at());
                assertThat(Math.abs(weight - signal.startingWeight(history)))
                        .as("%s in hour %d, seed %d", signal.name(), hour, seed)
                        .isLessThanOrEqualTo((float) bound);
            }
        }
    }
}
