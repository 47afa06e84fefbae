package dev.freshet.model.signal;

import static dev.freshet.model.Examples.NOON;
import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.catalog.Item;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.Model;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.basket.CountedEvents;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.item.ItemScores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatSignalsTest extends SignalScene {
    private static final Duration DAY = Duration.ofDays(1);

    private final List<UserAction> actions = new ArrayList<>();

    /** The first user does something, of which there are a row and an example. */
    private void acts(String item, EventType type, float strength, Duration afterNoon) {
        stream.add(examples.interaction(1, item, type, strength, afterNoon));
        Instant at = NOON.plus(afterNoon);
        Target target = Target.item(item);
        actions.addFirst(new UserAction(item + "@" + afterNoon, type, target, strength, at, null));
    }

    private void reads(String item, Duration afterNoon) {
        acts(item, EventType.CLICK, 1, afterNoon);
    }

    private Signals served(Model model, Instant now) {
        return signals(model, actions, now);
    }

    private static float log(double number) {
        return (float) Math.log(number);
    }

    private float signal(Model model, Duration afterNoon, String item, Signal signal) {
        return of(served(model, NOON.plus(afterNoon)), model, item)[signal.at()];
    }

    private static float[] of(Signals signals, Model model, String item) {
        return signals.of(model.items().index(item));
    }

    @Test
    void whatIsServedIsWhatIsLearned() {
        reads("bread", DAY);
        reads("milk", DAY);
        reads("bread", DAY.plusHours(1));
        reads("bread", DAY.multipliedBy(4));
        acts("milk", EventType.LIKE, 2, DAY.multipliedBy(5));
        reads("bread", DAY.multipliedBy(9));
        reads("salt", DAY.multipliedBy(9).plusMinutes(2));
        Model model = model(1);
        int slot = model.baskets().slot(new Pseudonym(1));
        int[] basket = model.baskets().basket(slot);
        int[] earlier = model.baskets().earlier(slot);
        Preferences learned = Preferences.of(basket, CountedEvents.days(basket, earlier));
        Instant now = NOON.plus(DAY.multipliedBy(9)).plusSeconds(300);
        for (String item : List.of("bread", "milk", "salt")) {
            float[] own = of(served(model, now), model, item);
            float[] asLearned = of(Signals.of(model, learned, Context.UNKNOWN, now), model, item);
            for (Signal signal : new RepeatSignals().signals()) {
                assertThat(own[signal.at()])
                        .as("%s of %s", signal.name(), item)
                        .isEqualTo(asLearned[signal.at()], within(1e-4f));
            }
        }
    }

    @Test
    void theSignalsSayHowOftenAndWhenTheUserCameBack() {
        reads("bread", Duration.ZERO);
        reads("bread", DAY.multipliedBy(4));
        reads("bread", DAY.multipliedBy(8));
        reads("salt", DAY.multipliedBy(8).plusHours(1));
        Model model = model(1);
        float[] due = of(served(model, NOON.plus(DAY.multipliedBy(12))), model, "bread");
        assertThat(due[RepeatSignals.REPEAT.at()]).isEqualTo(1);
        assertThat(due[RepeatSignals.HOURS_SINCE.at()]).isEqualTo(log(97), within(1e-4f));
        assertThat(due[RepeatSignals.LATEST.at()]).isZero();
        assertThat(due[RepeatSignals.ITEMS_SINCE.at()]).isEqualTo(log(2), within(1e-4f));
        assertThat(due[RepeatSignals.TIMES.at()]).isEqualTo(log(3), within(1e-4f));
        assertThat(due[RepeatSignals.DUE.at()]).isEqualTo(1, within(1e-4f));
        assertThat(due[RepeatSignals.USER_RATE.at()]).isEqualTo(log(4.0 / 6), within(1e-4f));
        float[] early = of(served(model, NOON.plus(DAY.multipliedBy(9))), model, "bread");
        assertThat(early[RepeatSignals.DUE.at()]).isBetween(0.3f, 0.6f);
    }

    @Test
    void theSessionThatGoesOnIsToldFromEarlierOnes() {
        reads("early", Duration.ZERO);
        reads("first", Duration.ofHours(3));
        reads("second", Duration.ofHours(3).plusMinutes(20));
        Model model = model(1);
        Duration later = Duration.ofHours(3).plusSeconds(2_400);
        assertThat(signal(model, later, "second", RepeatSignals.IN_SESSION)).isEqualTo(1);
        assertThat(signal(model, later, "first", RepeatSignals.IN_SESSION)).isEqualTo(1);
        assertThat(signal(model, later, "early", RepeatSignals.IN_SESSION)).isZero();
        Duration muchLater = Duration.ofHours(5);
        assertThat(signal(model, muchLater, "second", RepeatSignals.IN_SESSION)).isZero();
    }

    @Test
    void anItemThatIsNewToTheUserHasNoneOfThem() {
        reads("bread", Duration.ZERO);
        stream.add(examples.interaction(2, "milk"));
        Model model = model(1);
        float[] milk = of(served(model, NOON.plusSeconds(60)), model, "milk");
        for (Signal signal : new RepeatSignals().signals()) {
            assertThat(milk[signal.at()]).as(signal.name()).isZero();
        }
        assertThat(served(model, NOON).repeatWorth(model.items().index("milk"))).isZero();
    }

    @Test
    void howOftenOthersComeBackIsHiddenUntilEnoughPeopleHoldTheItem() {
        reads("bread", Duration.ZERO);
        reads("salt", Duration.ZERO);
        for (int time = 0; time < 9; time++) {
            stream.add(examples.interaction(2, "bread", Duration.ofMinutes(time)));
        }
        Duration later = Duration.ofHours(1);
        assertThat(signal(model(3), later, "bread", RepeatSignals.ITEM_RATE))
                .isEqualTo(signal(model(3), later, "salt", RepeatSignals.ITEM_RATE));
        stream.add(examples.interaction(3, "bread", Duration.ofMinutes(30)));
        assertThat(signal(model(3), later, "bread", RepeatSignals.ITEM_RATE))
                .isEqualTo(log((2.0 + Baskets.MAX_REPEATS) / (4 + 3)), within(1e-4f));
    }

    @Test
    void theCandidatesAreTheItemsThatTheUserLikesTheNewestFirst() {
        reads("bread", Duration.ZERO);
        reads("milk", Duration.ofMinutes(1));
        acts("salt", EventType.DISLIKE, -3, Duration.ofMinutes(2));
        Model model = model(1);
        Signals signals = served(model, NOON.plusSeconds(600));
        ItemScores found = signals.family(family()).candidates(100).getFirst();
        assertThat(found.items())
                .containsExactly(model.items().index("milk"), model.items().index("bread"));
        assertThat(signals.family(family()).candidates(1).getFirst().size()).isEqualTo(1);
    }

    private static SignalFamily family() {
        return SignalFamilies.of(RepeatSignals.SOURCE);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-10T00:10:00Z, repeat.today,",
        "2026-03-09T23:50:00Z, repeat.yesterday,",
        "2026-03-09T00:10:00Z, repeat.yesterday,",
        "2026-03-08T23:50:00Z, repeat.days, 2",
        "2026-02-25T12:00:00Z, repeat.days, 13",
        "2026-02-24T12:00:00Z, repeat.weeks, 2",
        "2026-02-17T12:00:00Z, repeat.weeks, 3",
        "2026-01-05T12:00:00Z, repeat.months, 2",
        "2026-03-11T12:00:00Z, repeat.today,"
    })
    void theReasonSaysWhenItWas(Instant at, String key, String count) {
        ReasonMessage.Verb read = new ReasonMessage.Verb("verb.read", "read");
        ReasonMessage message = reason("Bread", read, at);
        assertThat(message.key()).isEqualTo(key);
        assertThat(message.name()).isEqualTo(count);
        assertThat(message.verb()).isEqualTo(read);
    }

    private ReasonMessage reason(
            @Nullable String title, ReasonMessage.@Nullable Verb verb, @Nullable Instant at) {
        SignalContext context =
                new SignalContext(
                        model(1), Preferences.NONE, Context.UNKNOWN, NOON, SignalContext.NO_ITEM);
        return family().reason(
                        new ReasonMessage.Facts(context, Item.bare("bread", 1), title, verb, at));
    }

    @Test
    void withoutAnActionTheReasonSaysNoTime() {
        assertThat(reason(null, null, null).key()).isEqualTo("repeat");
    }
}
