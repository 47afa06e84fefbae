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
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.basket.Transitions;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatestItemSignalsTest {
    private static final Instant NOW = NOON.plus(Duration.ofDays(1));

    private final Examples examples = new Examples();
    private final List<Example> stream = new ArrayList<>();
    private int users;

    /**
     * Other users interact with these items, a minute apart; those that begin with ! are disliked.
     */
    private void people(int times, String... items) {
        for (int time = 0; time < times; time++) {
            users++;
            for (int at = 0; at < items.length; at++) {
                Duration when = Duration.ofMinutes(30L * users + at);
                boolean disliked = items[at].startsWith("!");
                stream.add(
                        disliked
                                ? examples.interaction(
                                        users, items[at].substring(1), EventType.HIDE, -3, when)
                                : examples.interaction(users, items[at], when));
            }
        }
    }

    private Model model(int k) {
        return Trainer.train(Model.empty(ModelSettings.DEFAULT.withKAnonymity(k)), stream).model();
    }

    private static UserAction action(String item, double strength, long minutesAgo) {
        return new UserAction(
                item + "@" + minutesAgo,
                strength > 0 ? EventType.VIEW : EventType.HIDE,
                Target.item(item),
                strength,
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

    private static float after(Model model, String item, String other) {
        IntFloats after = model.transitions().either(model.items().index(item)).after();
        return after.get(model.items().index(other));
    }

    @Test
    void whatIsDislikedFollowsAndPrecedes() {
        people(3, "heat", "!cats", "alien");
        Model model = model(3);
        assertThat(after(model, "heat", "cats")).isEqualTo(1);
        assertThat(after(model, "heat", "alien")).isEqualTo(0.5f);
        assertThat(after(model, "cats", "alien")).isEqualTo(1);
        assertThat(after(model, "alien", "cats")).isZero();
        Signals afterCats = signals(model, List.of(action("cats", -3, 1)));
        assertThat(of(model, afterCats, "alien", LatestItemSignals.AFTER)).isPositive();
        assertThat(of(model, afterCats, "heat", LatestItemSignals.AFTER)).isZero();
        assertThat(of(model, afterCats, "heat", LatestItemSignals.BEFORE)).isPositive();
    }

    @Test
    void aScoreIsTheMeanOverAllWhoInteractedWithTheItem() {
        people(3, "!heat", "alien");
        people(3, "heat", "cats");
        assertThat(after(model(3), "heat", "alien")).isEqualTo(0.5f);
    }

    @Test
    void aPairOfTooFewPeopleDoesNotCount() {
        people(2, "heat", "!cats");
        people(3, "heat", "!alien");
        assertThat(after(model(3), "heat", "cats")).isZero();
        assertThat(after(model(3), "heat", "alien")).isPositive();
        assertThat(after(model(1), "heat", "cats")).isPositive();
    }

    @Test
    void whereNobodyDislikesAnythingNothingIsReadOrFound() {
        people(5, "heat", "alien", "cats");
        Model model = model(1);
        Signals signals = signals(model, List.of(action("heat", 1, 1)));
        assertThat(of(model, signals, "alien", LatestItemSignals.AFTER)).isZero();
        assertThat(lists(signals)).hasSize(2);
        people(1, "cats", "!dogs");
        Model disliking = model(1);
        Signals then = signals(disliking, List.of(action("heat", 1, 1)));
        assertThat(of(disliking, then, "alien", LatestItemSignals.AFTER)).isPositive();
        assertThat(lists(then)).hasSize(4);
    }

    private static List<ItemScores> lists(Signals signals) {
        return signals.family(SignalFamilies.of(NextItemSignals.SOURCE)).candidates(10);
    }

    @Test
    void anItemThatIsLikedAfterAllLeavesTheDislikedOnes() {
        Example.Interaction hidden =
                examples.interaction(1, "cats", EventType.HIDE, -3, Duration.ofMinutes(1));
        stream.add(hidden);
        stream.add(examples.interaction(2, "cats", EventType.HIDE, -3, Duration.ofMinutes(1)));
        assertThat(model(1).baskets().holders().dislikes()).isEqualTo(2);
        stream.add(examples.takenBack(hidden));
        assertThat(model(1).baskets().holders().dislikes()).isEqualTo(1);
        stream.add(examples.interaction(2, "cats", EventType.LIKE, 4, Duration.ofMinutes(2)));
        Model liked = model(1);
        assertThat(liked.baskets().holders().dislikes()).isZero();
        assertThat(liked.transitions().hasUnliked()).isFalse();
        stream.add(examples.interaction(2, "cats", EventType.HIDE, -9, Duration.ofMinutes(3)));
        assertThat(model(1).baskets().holders().dislikes()).isEqualTo(1);
        stream.add(examples.forget(2));
        assertThat(model(1).baskets().holders().dislikes()).isZero();
    }

    @Test
    void aSnapshotHasTheSameOrder() {
        Model model =
                Trainer.train(Model.EMPTY, examples.mixed(new SplittableRandom(5), 2_000)).model();
        Model read = SnapshotCodec.decode(SnapshotCodec.encode(model));
        assertThat(model.baskets().holders().dislikes()).isPositive();
        assertThat(read.baskets().holders().dislikes())
                .isEqualTo(model.baskets().holders().dislikes());
        Transitions order = model.transitions();
        Transitions again = read.transitions();
        for (int item = 0; item < model.items().size(); item++) {
            IntFloats expected = order.either(item).after();
            IntFloats actual = again.either(item).after();
            assertThat(actual.size()).isEqualTo(expected.size());
            for (int at = 0; at < expected.size(); at++) {
                assertThat(actual.get(expected.key(at))).isEqualTo(expected.value(at));
            }
        }
    }

    @Test
    void whatAnActionIsSaidToAddIsWhatIsLostWithoutIt() {
        SplittableRandom random = new SplittableRandom(11);
        for (int user = 0; user < 60; user++) {
            people(
                    1,
                    "i" + random.nextInt(12),
                    "!i" + random.nextInt(12),
                    "i" + random.nextInt(12),
                    "!i" + random.nextInt(12));
        }
        Model model = model(1);
        List<UserAction> actions = new ArrayList<>();
        for (int at = 0; at < 9; at++) {
            actions.add(action("i" + at % 7, at % 3 == 1 ? -3 : 1, 1 + at));
        }
        Signals with = signals(model, actions);
        List<Ablation> ablations =
                Ablation.each(model.items(), with.context().preferences(), actions);
        assertThat(ablations).hasSizeGreaterThan(3);
        int[] candidates = {
            model.items().index("i8"), model.items().index("i9"), model.items().index("i10")
        };
        LatestItemSignals order = new LatestItemSignals(with.context());
        for (Signal signal : List.of(LatestItemSignals.AFTER, LatestItemSignals.BEFORE)) {
            for (int at = 0; at < candidates.length; at++) {
                float[] weights = new float[SignalFamilies.COUNT];
                weights[signal.at()] = 1;
                Attributors.ScoreLoss losses = new Attributors.ScoreLoss(weights, ablations.size());
                order.attributors(ablations, candidates).getFirst().attribute(at, losses);
                for (int action = 0; action < ablations.size(); action++) {
                    List<UserAction> rest = new ArrayList<>(actions);
                    rest.remove(ablations.get(action).action());
                    double lost =
                            with.of(candidates[at])[signal.at()]
                                    - signals(model, rest).of(candidates[at])[signal.at()];
                    assertThat(losses.bySource()[NextItemSignals.SOURCE.index()][action])
                            .as("%s of candidate %s without action %s", signal.name(), at, action)
                            .isEqualTo(lost, within(1e-5));
                }
            }
        }
    }
}
