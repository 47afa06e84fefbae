package dev.freshet.model.signal;

import static dev.freshet.model.Examples.NOON;
import static dev.freshet.model.Examples.empty;
import static dev.freshet.model.Examples.learned;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What other users did, the model learned from it, and the signals for one user a day later. */
abstract class SignalScene {
    static final Instant NOW = NOON.plus(Duration.ofDays(1));

    final Examples examples = new Examples();
    final List<Example> stream = new ArrayList<>();
    private int users;

    /**
     * Other users interact with these items, a minute apart; those that begin with ! are disliked.
     */
    void people(int times, String... items) {
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

    Model model(int k) {
        return learned(empty(k), stream);
    }

    static UserAction action(String item, double strength, long minutesAgo) {
        return new UserAction(
                item + "@" + minutesAgo,
                strength > 0 ? EventType.VIEW : EventType.HIDE,
                Target.item(item),
                strength,
                NOW.minusSeconds(60 * minutesAgo),
                null);
    }

    static UserAction read(String item, long minutesAgo) {
        return action(item, 1, minutesAgo);
    }

    static Signals signals(Model model, List<UserAction> newestFirst) {
        return signals(model, newestFirst, NOW);
    }

    static Signals signals(Model model, List<UserAction> newestFirst, Instant now) {
        Preferences preferences = Preferences.of(model.items(), newestFirst, Map.of(), null);
        return Signals.of(model, preferences, Context.UNKNOWN, now);
    }

    static float of(Model model, Signals signals, String item, Signal signal) {
        return signals.of(model.items().index(item))[signal.at()];
    }

    static float[] weighing(Signal signal) {
        float[] weights = new float[SignalFamilies.COUNT];
        weights[signal.at()] = 1;
        return weights;
    }

    /** Asserts that what an action is said to add to a signal is what is lost without it. */
    static void assertAddsWhatIsLost(
            Model model,
            List<UserAction> actions,
            List<String> candidates,
            Signal signal,
            Function<Signals, SignalFamily.Prepared> family,
            double tolerance) {
        Signals with = signals(model, actions);
        int[] indexes = candidates.stream().mapToInt(model.items()::index).toArray();
        List<Ablation> ablations =
                Ablation.each(model.items(), with.context().preferences(), actions);
        assertThat(ablations).hasSizeGreaterThan(actions.size() / 3);
        Attributors.Attributor attributor =
                family.apply(with).attributors(ablations, indexes).getFirst();
        for (int at = 0; at < indexes.length; at++) {
            Attributors.ScoreLoss losses =
                    new Attributors.ScoreLoss(weighing(signal), ablations.size());
            attributor.attribute(at, losses);
            for (int action = 0; action < ablations.size(); action++) {
                List<UserAction> rest = new ArrayList<>(actions);
                rest.remove(ablations.get(action).action());
                double lost =
                        of(model, with, candidates.get(at), signal)
                                - of(model, signals(model, rest), candidates.get(at), signal);
                assertThat(losses.bySource()[signal.source().index()][action])
                        .as("%s of %s without %s", signal.name(), candidates.get(at), action)
                        .isEqualTo(lost, within(tolerance));
            }
        }
    }
}
