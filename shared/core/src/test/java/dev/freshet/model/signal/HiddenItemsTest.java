package dev.freshet.model.signal;

import static dev.freshet.model.Examples.NOON;
import static dev.freshet.model.Examples.empty;
import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.event.Context;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.Preferences;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What signals read of items that fewer people than k interacted with. */
class HiddenItemsTest {
    private static final Instant NOW = NOON.plus(Duration.ofHours(2));
    private static final List<String> ITEMS = List.of("nobody", "one", "two", "three");

    private final Examples examples = new Examples();

    /** Returns a model in which as many people as its name says chose each item. */
    private Model model(int k) {
        List<Example> all = new ArrayList<>();
        for (String item : ITEMS) {
            all.add(Examples.item(item, 1, List.of("tag")));
        }
        for (int people = 1; people < ITEMS.size(); people++) {
            for (int user = 1; user <= people; user++) {
                Duration since = Duration.ofMinutes(10L * people + user);
                all.add(examples.interaction(100L * people + user, ITEMS.get(people), since));
            }
        }
        return learned(empty(k), all);
    }

    private static float[] signals(Model model, String item) {
        Signals signals = Signals.of(model, Preferences.NONE, Context.UNKNOWN, NOW);
        return signals.of(model.items().index(item));
    }

    @Test
    void itemsOfFewerThanThreePeopleReadAlike() {
        Model model = model(3);
        float[] nobody = signals(model, "nobody");
        assertThat(signals(model, "one")).containsExactly(nobody);
        assertThat(signals(model, "two")).containsExactly(nobody);
        assertThat(signals(model, "three")).isNotEqualTo(nobody);
    }

    @Test
    void aHiddenItemReadsAsIfOnePersonHadChosenItWhenItWasBorn() {
        float[] hidden = signals(model(3), "nobody");
        assertThat(hidden[TrendingSignals.LOG_TWO_HOURS.at()])
                .isEqualTo(ItemFacts.log(0.5), within(1e-6f));
        assertThat(hidden[TrendingSignals.ROOT_HALF_HOUR.at()]).isEqualTo(0.25f, within(1e-6f));
        assertThat(hidden[PopularitySignals.LOG_COUNT.at()]).isEqualTo(ItemFacts.log(1));
        assertThat(hidden[TrendingSignals.LOG_IDLE.at()])
                .isEqualTo(hidden[NewItemSignals.LOG_AGE.at()]);
        assertThat(hidden[NewItemSignals.NO_EVENTS.at()]).isZero();
    }

    @Test
    void withoutTheLimitEachItemReadsAsItIs() {
        Model model = model(1);
        assertThat(signals(model, "nobody")[NewItemSignals.NO_EVENTS.at()]).isEqualTo(1);
        assertThat(signals(model, "nobody")[PopularitySignals.LOG_COUNT.at()])
                .isEqualTo(ItemFacts.log(0));
        assertThat(signals(model, "two")[PopularitySignals.LOG_COUNT.at()])
                .isEqualTo(ItemFacts.log(2));
    }
}
