package dev.freshet.model.signal;

import static dev.freshet.model.Examples.NOON;
import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.catalog.Embedding;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.signal.Attributors.Attribution;
import dev.freshet.model.signal.Attributors.Attribution.Moved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is said to be lost without an act, held against a taste that never had it. */
class AttributorsTest {
    private static final Instant NOW = NOON.plus(Duration.ofHours(30));
    private static final List<String> TOPICS = List.of("football", "chess", "cooking");
    private static final int EACH = 8;

    private final Examples examples = new Examples();

    /** Items of three topics, and readers who mostly keep to one of them. */
    private Model world(RandomGenerator random) {
        List<Example> all = new ArrayList<>();
        for (int topic = 0; topic < TOPICS.size(); topic++) {
            for (int n = 0; n < EACH; n++) {
                String tag = TOPICS.get(topic);
                Integer[] terms = {
                    10 * topic + random.nextInt(4),
                    10 * topic + random.nextInt(8),
                    100 + random.nextInt(6)
                };
                Example.ItemChanged item = Examples.item(tag + "-" + n, 1, List.of(tag), terms);
                all.add(Examples.with(about(topic, n), item));
            }
        }
        for (int user = 0; user < 60; user++) {
            int topic = random.nextInt(TOPICS.size());
            for (int i = 0; i < 6; i++) {
                int from = random.nextInt(5) == 0 ? random.nextInt(TOPICS.size()) : topic;
                String item = TOPICS.get(from) + "-" + random.nextInt(EACH);
                all.add(examples.interaction(user, item, Duration.ofMinutes(20L * user + i)));
            }
        }
        return learned(all);
    }

    /** A direction near to the topic's own, each a little off. */
    private static Embedding about(int topic, int n) {
        float[] vector = new float[TOPICS.size() + EACH];
        vector[topic] = 1;
        vector[TOPICS.size() + n] = 0.5f;
        return Embedding.of("model", vector);
    }

    private static UserAction action(
            String id, EventType type, Target target, double strength, long ago) {
        return new UserAction(id, type, target, strength, NOW.minusSeconds(60 * ago), null);
    }

    private static UserAction read(String item, double strength, long ago) {
        return action(item + "@" + ago, EventType.VIEW, Target.item(item), strength, ago);
    }

    private static Signals signals(Model model, List<UserAction> actions) {
        return SignalScene.signals(model, actions, NOW);
    }

    /** How much lower the score is when the act is really taken out, under the same weights. */
    private static double lost(
            Model model, List<UserAction> actions, UserAction without, int item) {
        List<UserAction> rest = new ArrayList<>(actions);
        rest.remove(without);
        float[] weights = weights(model, actions, item);
        float[] with = signals(model, actions).of(item);
        float[] left = signals(model, rest).of(item);
        double lost = 0;
        for (int signal = 0; signal < weights.length; signal++) {
            lost += weights[signal] * (with[signal] - left[signal]);
        }
        return lost;
    }

    private static float[] weights(Model model, List<UserAction> actions, int item) {
        Signals signals = signals(model, actions);
        return model.blend().weights(signals.bucket())[signals.itemClass(item)];
    }

    private static Attribution attribution(Model model, List<UserAction> actions, String item) {
        return attribution(model, actions, model.items().index(item));
    }

    private static Attribution attribution(Model model, List<UserAction> actions, int item) {
        return signals(model, actions)
                .attributors(actions, new int[] {item})
                .of(0, weights(model, actions, item), action -> 0);
    }

    @Test
    void theOnlyEventOfAUserMovedEverything() {
        Model model = world(new SplittableRandom(1));
        List<UserAction> actions = List.of(read("football-0", 1, 5));
        int item = model.items().index("football-3");

        List<Moved> moved = attribution(model, actions, item).most(3);

        assertThat(moved).hasSize(1);
        assertThat(moved.getFirst().part()).isEqualTo(1);
        assertThat(moved.getFirst().lift())
                .isPositive()
                .isCloseTo(lost(model, actions, actions.getFirst(), item), within(0.02));
    }

    @Test
    void ofTwoInterestsTheOneThatTheItemBelongsToMovedIt() {
        Model model = world(new SplittableRandom(2));
        List<UserAction> actions = List.of(read("chess-1", 1, 3), read("football-0", 1, 5));

        Attribution football = attribution(model, actions, "football-3");
        Attribution chess = attribution(model, actions, "chess-3");

        assertThat(football.most(3).getFirst().action().eventId()).isEqualTo("football-0@5");
        assertThat(chess.most(3).getFirst().action().eventId()).isEqualTo("chess-1@3");
    }

    @Test
    void theEventNamedIsTheOneWhoseRemovalLowersTheScoreMost() {
        int asked = 0;
        int agreed = 0;
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Model model = world(random);
            List<UserAction> actions = new ArrayList<>();
            int count = 2 + random.nextInt(9);
            for (int i = 0; i < count; i++) {
                String item =
                        TOPICS.get(random.nextInt(TOPICS.size())) + "-" + random.nextInt(EACH);
                actions.add(read(item, random.nextDouble(0.3, 3), i + 1));
            }
            for (int item = 0; item < model.items().size(); item++) {
                int candidate = item;
                double most =
                        actions.stream()
                                .mapToDouble(action -> lost(model, actions, action, candidate))
                                .max()
                                .orElse(0);
                List<Moved> moved = attribution(model, actions, item).most(1);
                boolean own = actions.stream().anyMatch(action -> isOf(action, model, candidate));
                if (own || most < 0.05) {
                    continue;
                }
                asked++;
                assertThat(moved).as("seed %s item %s", seed, item).isNotEmpty();
                double named = lost(model, actions, moved.getFirst().action(), item);
                agreed += named >= most - 1e-9 ? 1 : 0;
                assertThat(named)
                        .as("seed %s item %s: named against greatest", seed, item)
                        .isGreaterThan(Math.min(0.8 * most, most - 0.05));
            }
        }
        assertThat(asked).isGreaterThan(100);
        assertThat((double) agreed / asked).isGreaterThan(0.97);
    }

    @Test
    void whatIsSaidToBeLostIsWhatWouldBeLost() {
        SplittableRandom random = new SplittableRandom(77);
        Model model = world(random);
        List<UserAction> actions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            actions.add(read(TOPICS.get(i % 2) + "-" + i, 1 + i % 2, i + 1));
        }
        int item = model.items().index("football-7");

        for (Moved moved : attribution(model, actions, item).most(6)) {
            assertThat(moved.lift())
                    .isCloseTo(lost(model, actions, moved.action(), item), within(0.03));
        }
    }

    @Test
    void partsAreOfAllThatLiftsAndSumToOne() {
        Model model = world(new SplittableRandom(4));
        List<UserAction> actions =
                List.of(read("chess-1", 1, 3), read("football-0", 1, 5), read("football-2", 2, 9));

        List<Moved> moved = attribution(model, actions, "football-3").most(3);

        assertThat(moved).isSortedAccordingTo((a, b) -> Double.compare(b.lift(), a.lift()));
        assertThat(moved.stream().mapToDouble(Moved::part).sum()).isCloseTo(1, within(1e-6));
    }

    @Test
    void ofSeveralActionsOnAnItemTheStrongerOneIsMissedMore() {
        Model model = world(new SplittableRandom(5));
        List<UserAction> actions = List.of(read("football-0", 3, 1), read("football-0", 0.5, 2));

        List<Moved> moved = attribution(model, actions, "football-3").most(3);

        assertThat(moved.getFirst().action().eventId()).isEqualTo("football-0@1");
    }

    @Test
    void aFollowMovesWhatBearsItsTagAndOfTwoThatDoNeitherIsMissed() {
        Model model = world(new SplittableRandom(6));
        int item = model.items().index("chess-3");
        UserAction tag =
                action("tag", EventType.FOLLOW, new Target(Target.Kind.TAG, "chess"), 3, 1);
        Target author =
                new Target(Target.Kind.AUTHOR, String.valueOf(model.items().item(item).author()));
        UserAction writer = action("author", EventType.FOLLOW, author, 3, 2);

        Attribution one = attribution(model, List.of(tag), item);
        Attribution two = attribution(model, List.of(tag, writer), item);

        assertThat(one.most(1).getFirst().action()).isEqualTo(tag);
        assertThat(one.most(1).getFirst().lift())
                .isCloseTo(lost(model, List.of(tag), tag, item), within(1e-4));
        assertThat(two.most(1)).isEmpty();
        assertThat(two.mainstay(FollowedSignals.SOURCE)).isEqualTo(tag);
    }

    @Test
    void whatWasHiddenOrIsUnheardOfMovesNothingUp() {
        Model model = world(new SplittableRandom(7));
        List<UserAction> actions =
                List.of(
                        action("hide", EventType.HIDE, Target.item("chess-0"), -2, 1),
                        read("unheard-of", 1, 2));

        assertThat(attribution(model, actions, "chess-3").most(3)).isEmpty();
    }

    @Test
    void whatNoSourceButThePageAddsCountsBesideTheSignals() {
        Model model = world(new SplittableRandom(8));
        List<UserAction> actions = List.of(read("football-0", 1, 5), read("chess-0", 1, 6));
        int[] asked = {model.items().index("football-3")};

        Attribution moved =
                signals(model, actions)
                        .attributors(actions, asked)
                        .of(
                                0,
                                weights(model, actions, asked[0]),
                                action -> action.equals(actions.get(1)) ? 9 : 0);

        assertThat(moved.most(1).getFirst().action()).isEqualTo(actions.get(1));
    }

    private static boolean isOf(UserAction action, Model model, int item) {
        return action.target().id().equals(model.items().id(item));
    }
}
