package dev.freshet.model.basket;

import static dev.freshet.model.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.ModelTime;
import dev.freshet.features.History;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.model.signal.Attributors;
import dev.freshet.model.signal.ContentSignals;
import dev.freshet.model.signal.FollowedSignals;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Signals;
import dev.freshet.model.vectors.Content;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.RecommendationQuery.SessionItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private final Examples examples = new Examples();

    /**
     * Returns a model of users of football, users of chess, and an article that every user reads.
     */
    private Model world() {
        List<Example> all = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            all.add(Examples.item("football-" + n, 1, List.of("football"), 1, 1, 2, 10 + n));
            all.add(Examples.item("chess-" + n, 1, List.of("chess"), 3, 3, 4, 20 + n));
        }
        all.add(Examples.item("weather", 1, List.of(), 1, 3, 30));
        for (int user = 0; user < 40; user++) {
            String topic = user % 2 == 0 ? "football-" : "chess-";
            all.add(examples.interaction(user, topic + user % 6, Duration.ofMinutes(user)));
            all.add(examples.interaction(user, "weather", Duration.ofMinutes(user + 1)));
            all.add(
                    examples.interaction(
                            user, topic + (user + 2) % 6, Duration.ofMinutes(user + 2)));
            all.add(
                    examples.interaction(
                            user, topic + (user + 4) % 6, Duration.ofMinutes(user + 3)));
        }
        return Trainer.train(Model.EMPTY, all).model();
    }

    private static History history(String... newestFirst) {
        List<History.Entry> entries = new ArrayList<>();
        for (int i = 0; i < newestFirst.length; i++) {
            entries.add(
                    new History.Entry(
                            "e" + i,
                            EventType.CLICK,
                            Target.item(newestFirst[i]),
                            1,
                            0,
                            NOON.minusSeconds(60L * i),
                            null));
        }
        return new History(entries);
    }

    private static List<String> ids(Model model, ItemScores scores) {
        List<String> ids = new ArrayList<>();
        for (int rank = 0; rank < scores.size(); rank++) {
            ids.add(model.items().id(scores.item(rank)));
        }
        return ids;
    }

    @Test
    void usersOfFootballGetFootballAndNeverWhatTheyHaveSeen() {
        Model model = world();
        Preferences preferences = Preferences.of(model.items(), history("football-0"), List.of());
        List<String> related = ids(model, model.coOccurrence().related(preferences, 10));
        assertThat(related).contains("football-2", "football-4").doesNotContain("football-0");
        assertThat(related).noneMatch(id -> id.startsWith("chess"));
    }

    @Test
    void whatEverybodyReadsSaysLessOfAUserThanWhatFewRead() {
        Model model = world();
        Preferences preferences =
                Preferences.of(model.items(), history("weather", "football-0"), List.of());
        int football = model.items().index("football-2");
        float[] parts =
                model.coOccurrence()
                        .parts(
                                preferences,
                                new SharedBaskets(
                                        model.state().baskets(),
                                        new int[] {football},
                                        preferences.items()),
                                ModelTime.NEVER)
                        .scores()[0];
        assertThat(parts[1]).isGreaterThan(parts[0]);
        assertThat(parts[0] + parts[1]).isCloseTo(1, within(1e-5f));
    }

    @Test
    void basketsCanBeReadOtherwiseWithoutLearningAnew() {
        Model model = world();
        Preferences preferences =
                Preferences.of(model.items(), history("weather", "football-0"), List.of());
        BasketSettings all = BasketSettings.DEFAULT;
        BasketSettings flat =
                new BasketSettings(
                        0,
                        0,
                        all.sizeExponent(),
                        all.sharpness(),
                        all.halfHistory(),
                        all.dislike(),
                        all.nextSourceExponent(),
                        all.nextTargetExponent(),
                        all.nextHalfDistance(),
                        all.nextDecay(),
                        all.nextHalfHours());
        Model reading = model.withBaskets(flat);
        assertThat(SnapshotCodec.encode(reading)).isEqualTo(SnapshotCodec.encode(model));
        assertThat(ids(reading, reading.coOccurrence().related(preferences, 50)))
                .anyMatch(id -> id.startsWith("chess"));
        float football = share(model, preferences, "football-2", "chess-1");
        assertThat(football).isGreaterThan(share(reading, preferences, "football-2", "chess-1"));
    }

    /** Returns the ratio of two items' scores. */
    private static float share(Model model, Preferences preferences, String one, String other) {
        var scores = model.coOccurrence().scores(preferences);
        return scores.get(model.items().index(one)) / scores.get(model.items().index(other));
    }

    @Test
    void whatAUserHidTakesWeightOffThoseWhoLikeIt() {
        Model model = world();
        List<History.Entry> actions = new ArrayList<>(history("weather").entries());
        Preferences before = Preferences.of(model.items(), new History(actions), List.of());
        actions.add(
                new History.Entry(
                        "h",
                        EventType.HIDE,
                        Target.item("chess-1"),
                        -3,
                        0,
                        NOON.minusSeconds(9),
                        null));
        Preferences hidden = Preferences.of(model.items(), new History(actions), List.of());
        assertThat(share(model, hidden, "football-2", "chess-3"))
                .isGreaterThan(share(model, before, "football-2", "chess-3"));
        assertThat(model.coOccurrence().related(hidden, 50).size()).isPositive();
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new BasketSettings(-1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1))
                .hasMessageContaining("sourceExponent");
        assertThatThrownBy(() -> new BasketSettings(0, 0, 0, 0, 1, 0, 0, 0, 1, 1, Double.NaN))
                .hasMessageContaining("nextHalfHours");
    }

    @Test
    void nothingGoesTogetherForSomeoneWithoutHistory() {
        Model model = world();
        assertThat(model.coOccurrence().related(Preferences.NONE, 10).size()).isZero();
        assertThat(model.content().near(Preferences.NONE, 10).size()).isZero();
        Attributors attributors =
                Signals.of(model, Preferences.NONE, Context.UNKNOWN, NOON)
                        .attributors(List.of(), new int[] {0});
        assertThat(attributors.of(0, new float[SignalFamilies.COUNT], action -> 0).most(3))
                .isEmpty();
    }

    @Test
    void deletedItemsAreNeverAnsweredWith() {
        Model model = Trainer.train(world(), List.of(Examples.deleted("football-2", 9))).model();
        Preferences preferences = Preferences.of(model.items(), history("football-0"), List.of());
        assertThat(ids(model, model.coOccurrence().related(preferences, 50)))
                .isNotEmpty()
                .doesNotContain("football-2");
        assertThat(ids(model, model.content().near(preferences, 50)))
                .isNotEmpty()
                .doesNotContain("football-2");
        int football = model.items().index("football-0");
        assertThat(ids(model, model.content().similar(football, 50))).doesNotContain("football-2");
        assertThat(ids(model, model.coOccurrence().similar(football, 50)))
                .doesNotContain("football-2");
    }

    @Test
    void likenessOfContentIsSymmetricAndOneWithItself() {
        Model model = world();
        Content content = model.content();
        int a = model.items().index("football-0");
        int b = model.items().index("football-1");
        int c = model.items().index("chess-1");
        assertThat(content.cosine(a, a)).isCloseTo(1, within(1e-5f));
        assertThat(content.cosine(a, b)).isEqualTo(content.cosine(b, a)).isBetween(0.1f, 0.99f);
        assertThat(content.cosine(a, c)).isZero();
        assertThat(ids(model, content.similar(a, 5))).allMatch(id -> id.startsWith("football"));
    }

    @Test
    void anItemPutAgainIsFoundByItsNewWordsOnly() {
        Model model = world();
        Model changed =
                Trainer.train(model, List.of(Examples.item("football-0", 2, List.of(), 3, 3, 4)))
                        .model();
        int item = changed.items().index("football-0");
        assertThat(changed.content().cosine(item, changed.items().index("football-1"))).isZero();
        assertThat(changed.content().cosine(item, changed.items().index("chess-1"))).isPositive();
        Trainer.Step older =
                Trainer.train(changed, List.of(Examples.item("football-0", 2, List.of(), 1)));
        assertThat(older.isEmpty()).isTrue();
    }

    @Test
    void aDislikeTurnsTheProfileAway() {
        Model model = world();
        History disliked =
                new History(
                        List.of(
                                new History.Entry(
                                        "x",
                                        EventType.HIDE,
                                        Target.item("chess-0"),
                                        -3,
                                        0,
                                        NOON,
                                        null),
                                history("football-0").entries().getFirst()));
        Preferences preferences = Preferences.of(model.items(), disliked, List.of());
        assertThat(preferences.disliked()).containsExactly(model.items().index("chess-0"));
        assertThat(preferences.interactions()).isEqualTo(2);
        Signals signals = Signals.of(model, preferences, Context.UNKNOWN, NOON);
        assertThat(signals.of(model.items().index("chess-1"))[ContentSignals.CONTENT.at()])
                .isNegative();
        assertThat(signals.of(model.items().index("football-1"))[ContentSignals.CONTENT.at()])
                .isPositive();
        assertThat(signals.of(model.items().index("chess-1"))[ContentSignals.TAGS.at()])
                .isNegative();
        assertThat(signals.of(model.items().index("football-1"))[ContentSignals.TAGS.at()])
                .isPositive();
    }

    @Test
    void theSessionCountsBeforeItIsIngestedAndOnceAfter() {
        Model model = world();
        SessionItem click = new SessionItem("football-0", EventType.CLICK, NOON);
        Preferences fromSession = Preferences.of(model.items(), History.EMPTY, List.of(click));
        assertThat(fromSession.items()).containsExactly(model.items().index("football-0"));
        Preferences both = Preferences.of(model.items(), history("football-0"), List.of(click));
        assertThat(both.strengths()).containsExactly(1f);
        Preferences newestFirst =
                Preferences.of(
                        model.items(),
                        history("chess-0"),
                        List.of(
                                new SessionItem("football-1", EventType.CLICK, NOON.plusSeconds(1)),
                                new SessionItem("football-2", EventType.CLICK, NOON.plusSeconds(2)),
                                new SessionItem(
                                        "unheard-of", EventType.CLICK, NOON.plusSeconds(3))));
        assertThat(newestFirst.items())
                .containsExactly(
                        model.items().index("football-2"),
                        model.items().index("football-1"),
                        model.items().index("chess-0"));
        assertThat(newestFirst.interactions()).isEqualTo(4);
        assertThat(newestFirst.historyLength()).isEqualTo(HistoryLength.MEDIUM);
    }

    @Test
    void whoFollowsATagOrAnAuthorHasItInThePreferences() {
        History follows =
                new History(
                        List.of(
                                new History.Entry(
                                        "f",
                                        EventType.FOLLOW,
                                        new Target(Target.Kind.TAG, "chess"),
                                        3,
                                        0,
                                        NOON,
                                        null)));
        Model model = world();
        Preferences preferences = Preferences.of(model.items(), follows, List.of());
        Signals signals = Signals.of(model, preferences, Context.UNKNOWN, NOON);
        assertThat(signals.of(model.items().index("chess-3"))[FollowedSignals.FOLLOWED.at()])
                .isEqualTo(1);
        assertThat(signals.of(model.items().index("football-3"))[FollowedSignals.FOLLOWED.at()])
                .isZero();
    }

    @Test
    void everySignalOfEveryItemIsFiniteAlsoWithoutInteractions() {
        Model model =
                Trainer.train(world(), List.of(Examples.item("unseen", 1, List.of("chess"), 3, 4)))
                        .model();
        Context context = Context.of("mobile", "BR", 3);
        Preferences preferences =
                Preferences.of(model.items(), history("chess-0", "weather", "chess-2"), List.of());
        for (Preferences each : List.of(Preferences.NONE, preferences)) {
            Signals signals = Signals.of(model, each, context, NOON.plusSeconds(3_600));
            for (int item = 0; item < model.items().size(); item++) {
                for (float signal : signals.of(item)) {
                    assertThat(signal).isFinite();
                }
                assertThat(score(model, signals, item)).isFinite();
            }
            int unseen = model.items().index("unseen");
            assertThat(signals.of(unseen)[NewItemSignals.NO_EVENTS.at()]).isEqualTo(1);
            assertThat(signals.of(0)[NewItemSignals.NO_EVENTS.at()]).isZero();
        }
    }

    @Test
    void theBlendPutsWhatSuitsAUserFirst() {
        Model model = world();
        List<List<String>> topics =
                List.of(
                        List.of("football-0", "football-2", "football-4"),
                        List.of("chess-1", "chess-3", "chess-5"));
        for (List<String> own : topics) {
            List<String> other = topics.get(1 - topics.indexOf(own));
            Preferences preferences =
                    Preferences.of(model.items(), history(own.getFirst()), List.of());
            Signals signals =
                    Signals.of(model, preferences, Context.UNKNOWN, NOON.plusSeconds(7_200));
            for (int n = 1; n < 3; n++) {
                float suits = score(model, signals, model.items().index(own.get(n)));
                for (String id : other) {
                    assertThat(suits).isGreaterThan(score(model, signals, model.items().index(id)));
                }
            }
        }
    }

    private static float score(Model model, Signals signals, int item) {
        float[] weights = model.blend().weights(signals.bucket())[signals.itemClass(item)];
        float[] vector = signals.of(item);
        float score = 0;
        for (int at = 0; at < vector.length; at++) {
            score += weights[at] * vector[at];
        }
        return score;
    }

    @Test
    void whatIsShownInVainAgainAndAgainLosesAndSoDoesWhatIsLikeIt() {
        Model model = world();
        Map<String, UserProfile.Shown> shown =
                Map.of(
                        "chess-2", new UserProfile.Shown(4, NOON, NOON),
                        "chess-4", new UserProfile.Shown(4, NOON, NOON),
                        "football-0", new UserProfile.Shown(1, NOON, NOON));
        Preferences preferences =
                Preferences.of(
                        model.items(),
                        UserAction.newestFirst(history("football-0"), List.of(), null),
                        shown,
                        null);
        assertThat(preferences.ignored())
                .containsExactlyInAnyOrder(
                        model.items().index("chess-2"), model.items().index("chess-4"));
        Signals with = Signals.of(model, preferences, Context.UNKNOWN, NOON);
        Signals without =
                Signals.of(
                        model,
                        Preferences.of(model.items(), history("football-0"), List.of()),
                        Context.UNKNOWN,
                        NOON);
        int chess = model.items().index("chess-5");
        assertThat(with.of(chess)[ContentSignals.TAGS_IN_VAIN.at()]).isNegative();
        assertThat(with.of(chess)[ContentSignals.TAGS.at()]).isZero();
        assertThat(without.of(chess)[ContentSignals.TAGS_IN_VAIN.at()]).isZero();
        assertThat(with.of(chess)[ContentSignals.CONTENT.at()]).isNegative();
        assertThat(with.of(model.items().index("football-1"))[ContentSignals.TAGS.at()])
                .isPositive();
    }
}
