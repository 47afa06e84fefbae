package dev.freshet.model.learn;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.Item;
import dev.freshet.event.Context;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.blend.Stacking;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A site in its first hour: two hundred items published within three minutes, and 1,200 users who
 * click once each, mostly on the newest of them.
 */
class YoungSiteTest {
    private static final int ITEMS = 200;
    private static final int USERS = 1_200;
    private static final long SEED = 1;

    private final Examples examples = new Examples();
    private final Model model = afterAnHour();

    private Model afterAnHour() {
        List<Example> stream = new ArrayList<>();
        for (int item = 0; item < ITEMS; item++) {
            stream.add(published("item-" + item, Duration.ofMillis(-180_000L * item / ITEMS)));
        }
        SplittableRandom random = new SplittableRandom(SEED);
        for (int user = 0; user < USERS; user++) {
            double newest = random.nextDouble() * random.nextDouble();
            stream.add(
                    examples.interaction(
                            user,
                            "item-" + (int) (newest * ITEMS),
                            Duration.ofMillis(3_600_000L * user / USERS)));
        }
        return learned(stream);
    }

    private static Example.ItemChanged published(String id, Duration afterNoon) {
        Instant at = Examples.NOON.plus(afterNoon);
        Item item = Examples.article(id, List.of(), null, at);
        return new Example.ItemChanged(item, Map.of(), at);
    }

    @Test
    void noWeightIsFurtherFromItsStartThanItsBound() {
        assertThat(model.blend().steps()).isGreaterThan(1_000);
        for (HistoryLength history : HistoryLength.values()) {
            for (Signal signal : SignalFamilies.SIGNALS) {
                float weight = model.blend().weight(history.at(), signal.at());
                assertThat(Math.abs(weight - signal.startingWeight(history)))
                        .as("%s, seed %d", signal.name(), SEED)
                        .isLessThanOrEqualTo(
                                (float) Stacking.Settings.DEFAULT.bound() / signal.leastUnit());
            }
        }
    }

    @Test
    void anItemThreeDaysOldThatTenUsersClickRightNowIsRankedFirst() {
        List<Example> rush = new ArrayList<>();
        rush.add(published("old", Duration.ofDays(-3)));
        for (int user = 0; user < 10; user++) {
            rush.add(
                    examples.interaction(
                            10_000 + user, "old", Duration.ofHours(1).plusSeconds(27L * user)));
        }
        assertThat(best(learned(model, rush))).as("seed %d", SEED).isEqualTo("old");
    }

    /** Returns the item of the highest score for somebody unknown, now. */
    private static String best(Model model) {
        BlendState blend = model.blend();
        Signals signals = Signals.of(model, Preferences.NONE, Context.UNKNOWN, model.clock());
        int best = 0;
        for (int item = 1; item < model.items().size(); item++) {
            if (Examples.score(blend, signals, item) > Examples.score(blend, signals, best)) {
                best = item;
            }
        }
        return model.items().id(best);
    }
}
