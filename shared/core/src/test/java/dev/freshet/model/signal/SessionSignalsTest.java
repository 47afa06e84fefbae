package dev.freshet.model.signal;

import static dev.freshet.model.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SessionSignalsTest {
    private static final Instant NOW = NOON.plus(Duration.ofDays(1));

    private final Examples examples = new Examples();
    private final List<Example> stream = new ArrayList<>();
    private int users;

    /** Another user takes up these items, a minute apart. */
    private void session(String... items) {
        users++;
        for (int at = 0; at < items.length; at++) {
            stream.add(
                    examples.interaction(users, items[at], Duration.ofMinutes(30L * users + at)));
        }
    }

    private void sessions(int times, String... items) {
        for (int time = 0; time < times; time++) {
            session(items);
        }
    }

    private Model model(int k) {
        return Trainer.train(Model.empty(ModelSettings.DEFAULT.withKAnonymity(k)), stream).model();
    }

    private static UserAction read(String item, long minutesAgo) {
        return new UserAction(
                item + "@" + minutesAgo,
                EventType.VIEW,
                Target.item(item),
                1,
                NOW.minusSeconds(60 * minutesAgo),
                null);
    }

    private static Signals signals(Model model, List<UserAction> newestFirst) {
        return Signals.of(
                model,
                Preferences.of(model.items(), newestFirst, Map.of(), null),
                Context.UNKNOWN,
                NOW);
    }

    private static float of(Model model, Signals signals, String item, Signal signal) {
        return signals.of(model.items().index(item))[signal.at()];
    }

    @Test
    void whatFollowedTheNewestItemSpeaksMore() {
        sessions(3, "tent", "stove");
        sessions(3, "book", "lamp");
        Model model = model(1);
        Signals camping = signals(model, List.of(read("tent", 1), read("book", 2)));
        assertThat(of(model, camping, "stove", SessionSignals.SESSION))
                .isGreaterThan(of(model, camping, "lamp", SessionSignals.SESSION))
                .isPositive();
        assertThat(of(model, camping, "lamp", SessionSignals.SESSION)).isPositive();
    }

    @Test
    void anItemNextToTheOneInCommonSpeaksMoreThanOneFurtherAway() {
        sessions(3, "tent", "stove", "gas", "mug");
        Model model = model(1);
        Signals camping = signals(model, List.of(read("tent", 1)));
        assertThat(of(model, camping, "stove", SessionSignals.LOG_SESSION))
                .isGreaterThan(of(model, camping, "gas", SessionSignals.LOG_SESSION));
        assertThat(of(model, camping, "gas", SessionSignals.LOG_SESSION))
                .isGreaterThan(of(model, camping, "mug", SessionSignals.LOG_SESSION));
    }

    @Test
    void whatWasDoneLongBeforeTheLatestActionSpeaksLess() {
        sessions(3, "book", "lamp");
        sessions(3, "tent", "stove");
        Model model = model(1);
        Signals close = signals(model, List.of(read("tent", 1), read("book", 2)));
        Signals apart = signals(model, List.of(read("tent", 1), read("book", 29)));
        assertThat(of(model, close, "lamp", SessionSignals.SESSION))
                .isGreaterThan(of(model, apart, "lamp", SessionSignals.SESSION));
    }

    @Test
    void withoutASessionThatGoesOnAllSignalsAreZero() {
        sessions(3, "tent", "stove", "gas");
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
        sessions(2, "tent", "stove");
        sessions(3, "tent", "gas");
        session("stove");
        Model model = model(3);
        Signals camping = signals(model, List.of(read("tent", 1)));
        assertThat(of(model, camping, "stove", SessionSignals.SESSION)).isZero();
        assertThat(of(model, camping, "gas", SessionSignals.SESSION)).isPositive();
    }

    @Test
    void theWalkFindsWhatGoesWithTheSessionByPairsOfKPeople() {
        sessions(3, "tent", "stove");
        sessions(3, "stove", "gas");
        sessions(2, "stove", "secret");
        sessions(3, "secret");
        sessions(3, "book", "lamp");
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
            session("i" + random.nextInt(12), "i" + random.nextInt(12), "i" + random.nextInt(12));
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
            session("i" + random.nextInt(9), "i" + random.nextInt(9), "i" + random.nextInt(9));
        }
        Model model = model(1);
        List<UserAction> actions =
                List.of(read("i1", 1), read("i2", 4), read("i1", 6), read("i3", 9));
        Signals with = signals(model, actions);
        List<Ablation> ablations =
                Ablation.each(model.items(), with.context().preferences(), actions);
        int[] candidates = {
            model.items().index("i5"), model.items().index("i6"), model.items().index("i7")
        };
        Attributors.Attributor attributor =
                with.family(family()).attributors(ablations, candidates).getFirst();
        for (int at = 0; at < candidates.length; at++) {
            Attributors.ScoreLoss losses =
                    new Attributors.ScoreLoss(only(SessionSignals.SESSION), ablations.size());
            attributor.attribute(at, losses);
            for (int action = 0; action < ablations.size(); action++) {
                List<UserAction> rest = new ArrayList<>(actions);
                rest.remove(ablations.get(action).action());
                double lost =
                        with.of(candidates[at])[SessionSignals.SESSION.at()]
                                - signals(model, rest)
                                        .of(candidates[at])[SessionSignals.SESSION.at()];
                assertThat(losses.bySource()[SessionSignals.SOURCE.index()][action])
                        .as("candidate %s without action %s", at, action)
                        .isEqualTo(lost, within(0.01));
            }
        }
    }

    private static float[] only(Signal signal) {
        float[] weights = new float[SignalFamilies.COUNT];
        weights[signal.at()] = 1;
        return weights;
    }

    private static SignalFamily family() {
        return SignalFamilies.of(SessionSignals.SOURCE);
    }
}
