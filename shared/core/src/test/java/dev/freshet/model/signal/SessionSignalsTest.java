package dev.freshet.model.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.Model;
import dev.freshet.model.history.UserAction;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SessionSignalsTest extends SignalScene {
    @Test
    void whatFollowedTheNewestItemSpeaksMore() {
        people(3, "tent", "stove");
        people(3, "book", "lamp");
        Model model = model(1);
        Signals camping = signals(model, List.of(read("tent", 1), read("book", 2)));
        assertThat(of(model, camping, "stove", SessionSignals.SESSION))
                .isGreaterThan(of(model, camping, "lamp", SessionSignals.SESSION))
                .isPositive();
        assertThat(of(model, camping, "lamp", SessionSignals.SESSION)).isPositive();
    }

    @Test
    void anItemNextToTheOneInCommonSpeaksMoreThanOneFurtherAway() {
        people(3, "tent", "stove", "gas", "mug");
        Model model = model(1);
        Signals camping = signals(model, List.of(read("tent", 1)));
        assertThat(of(model, camping, "stove", SessionSignals.LOG_SESSION))
                .isGreaterThan(of(model, camping, "gas", SessionSignals.LOG_SESSION));
        assertThat(of(model, camping, "gas", SessionSignals.LOG_SESSION))
                .isGreaterThan(of(model, camping, "mug", SessionSignals.LOG_SESSION));
    }

    @Test
    void whatGoesWithAnItemSaysNothingOfTheUsersOwnItems() {
        people(3, "tent", "stove", "gas");
        Model model = model(1);
        Signals camping = signals(model, List.of(read("tent", 2), read("stove", 1)));
        for (Signal signal :
                List.of(
                        SessionSignals.SESSION,
                        CoOccurrenceSignals.LOG_CO_OCCURRENCE,
                        NextItemSignals.NEXT)) {
            assertThat(of(model, camping, "tent", signal)).as(signal.name()).isZero();
            assertThat(of(model, camping, "stove", signal)).as(signal.name()).isZero();
            assertThat(of(model, camping, "gas", signal)).as(signal.name()).isPositive();
        }
    }

    @Test
    void whetherTheLatestClickWasCountedAlreadyMovesNoRepeat() {
        people(4, "tent", "stove");
        List<UserAction> actions = List.of(read("tent", 1));
        float[] before = signals(model(1), actions).of(model(1).items().index("tent"));
        people(1, "tent");
        Model counted = model(1);
        float[] after = signals(counted, actions).of(counted.items().index("tent"));
        for (SignalFamily family : List.of(new TrendingSignals(), ScopeSignals.ofCountry())) {
            Signal signal = family.signals().getFirst();
            assertThat(after[signal.at()]).as(signal.name()).isEqualTo(before[signal.at()]);
        }
        assertThat(after[PopularitySignals.LOG_TWELVE_HOURS.at()]).isZero();
        assertThat(of(counted, signals(counted, actions), "stove", TrendingSignals.LOG_HALF_HOUR))
                .isNotZero();
    }

    @Test
    void whatWasDoneLongBeforeTheLatestActionSpeaksLess() {
        people(3, "book", "lamp");
        people(3, "tent", "stove");
        Model model = model(1);
        Signals close = signals(model, List.of(read("tent", 1), read("book", 2)));
        Signals apart = signals(model, List.of(read("tent", 1), read("book", 29)));
        assertThat(of(model, close, "lamp", SessionSignals.SESSION))
                .isGreaterThan(of(model, apart, "lamp", SessionSignals.SESSION));
    }

    @Test
    void withoutASessionThatGoesOnAllSignalsAreZero() {
        people(3, "tent", "stove", "gas");
        Model model = model(1);
        for (List<UserAction> actions : List.of(List.<UserAction>of(), List.of(read("tent", 31)))) {
            Signals signals = signals(model, actions);
            for (Signal signal : new SessionSignals().signals()) {
                assertThat(of(model, signals, "stove", signal)).as(signal.name()).isZero();
            }
            assertThat(signals.family(family()).candidates(10)).isEmpty();
        }
    }

    @Test
    void aPairOfFewerThanKPeopleMovesNothing() {
        people(2, "tent", "stove");
        people(3, "tent", "gas");
        people(1, "stove");
        Model model = model(3);
        Signals camping = signals(model, List.of(read("tent", 1)));
        assertThat(of(model, camping, "stove", SessionSignals.SESSION)).isZero();
        assertThat(of(model, camping, "gas", SessionSignals.SESSION)).isPositive();
    }

    @Test
    void theWalkFindsWhatGoesWithTheSessionByPairsOfKPeople() {
        people(3, "tent", "stove");
        people(3, "stove", "gas");
        people(2, "stove", "secret");
        people(3, "secret");
        people(3, "book", "lamp");
        Model model = model(3);
        Signals camping = signals(model, List.of(read("tent", 1)));
        assertThat(of(model, camping, "gas", SessionSignals.SESSION)).isZero();
        assertThat(of(model, camping, "gas", SessionSignals.LOG_WALK)).isPositive();
        assertThat(of(model, camping, "secret", SessionSignals.LOG_WALK)).isZero();
        assertThat(of(model, camping, "lamp", SessionSignals.LOG_WALK)).isZero();
        assertThat(signals(model, List.of(read("tent", 1))).family(family()).candidates(10))
                .anySatisfy(list -> assertThat(list.items()).contains(model.items().index("gas")));
    }

    @Test
    void equalModelsGiveEqualSignals() {
        SplittableRandom random = new SplittableRandom(3);
        for (int user = 0; user < 60; user++) {
            people(1, "i" + random.nextInt(12), "i" + random.nextInt(12), "i" + random.nextInt(12));
        }
        List<UserAction> actions = List.of(read("i1", 1), read("i2", 2), read("i3", 3));
        Model model = model(2);
        Model again = model(2);
        for (int item = 0; item < model.items().size(); item++) {
            assertThat(signals(model, actions).of(item))
                    .isEqualTo(signals(again, actions).of(item));
        }
    }

    @Test
    void whatAnActionIsSaidToAddIsWhatIsLostWithoutIt() {
        SplittableRandom random = new SplittableRandom(11);
        for (int user = 0; user < 40; user++) {
            people(1, "i" + random.nextInt(9), "i" + random.nextInt(9), "i" + random.nextInt(9));
        }
        assertAddsWhatIsLost(
                model(1),
                List.of(read("i1", 1), read("i2", 4), read("i1", 6), read("i3", 9)),
                List.of("i5", "i6", "i7"),
                SessionSignals.SESSION,
                signals -> signals.family(family()),
                0.01);
    }

    private static SignalFamily family() {
        return SignalFamilies.of(SessionSignals.SOURCE);
    }
}
