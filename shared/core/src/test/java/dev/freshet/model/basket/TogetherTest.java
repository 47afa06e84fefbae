package dev.freshet.model.basket;

import static dev.freshet.model.Examples.NOON;
import static dev.freshet.model.Examples.assertSameBytes;
import static dev.freshet.model.Examples.entry;
import static dev.freshet.model.Examples.ids;
import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.ModelTime;
import dev.freshet.features.History;
import dev.freshet.model.Components;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.model.signal.Attributors;
import dev.freshet.model.signal.CoOccurrenceSignals;
import dev.freshet.model.signal.ContentSignals;
import dev.freshet.model.signal.FollowedSignals;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.model.signal.Signal;
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
    private final Model model = world();

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
            List<String> read =
                    List.of(
                            topic + user % 6,
                            "weather",
                            topic + (user + 2) % 6,
                            topic + (user + 4) % 6);
            for (int at = 0; at < read.size(); at++) {
                all.add(examples.interaction(user, read.get(at), Duration.ofMinutes(user + at)));
            }
        }
        return learned(all);
    }

    private static History history(String... newestFirst) {
        List<History.Entry> entries = new ArrayList<>();
        for (int i = 0; i < newestFirst.length; i++) {
            entries.add(entry(newestFirst[i], EventType.CLICK, 1, Duration.ofMinutes(i)));
        }
        return new History(entries);
    }

    private Preferences preferences(String... newestFirst) {
        return preferences(history(newestFirst));
    }

    private Preferences preferences(History history, SessionItem... session) {
        return Preferences.of(model.items(), history, List.of(session));
    }

    private Signals signals(Preferences preferences) {
        return Signals.of(model, preferences, Context.UNKNOWN, NOON);
    }

    /** Returns the candidates of co-occurrence for a user. */
    private static ItemScores together(Model model, Preferences preferences) {
        return Signals.of(model, preferences, Context.UNKNOWN, NOON)
                .family(SignalFamilies.of(CoOccurrenceSignals.SOURCE))
                .candidates(50)
                .getFirst();
    }

    private float signal(Preferences preferences, String item, Signal signal) {
        return signals(preferences).of(at(item))[signal.at()];
    }

    private int at(String item) {
        return model.items().index(item);
    }

    private static SessionItem click(String item, int seconds) {
        return new SessionItem(item, EventType.CLICK, NOON.plusSeconds(seconds));
    }

    @Test
    void usersOfFootballGetFootballAndNeverWhatTheyHaveSeen() {
        assertThat(ids(model, together(model, preferences("football-0"))))
                .contains("football-2", "football-4")
                .doesNotContain("football-0")
                .noneMatch(id -> id.startsWith("chess"));
    }

    @Test
    void whatEverybodyReadsSaysLessOfAUserThanWhatFewRead() {
        Preferences preferences = preferences("weather", "football-0");
        int[] scored = {at("football-2")};
        float[] parts =
                model.coOccurrence().parts(preferences, scored, ModelTime.NEVER).scores()[0];
        assertThat(parts[1]).isGreaterThan(parts[0]);
        assertThat(parts[0] + parts[1]).isCloseTo(1, within(1e-5f));
    }

    @Test
    void basketsCanBeReadOtherwiseWithoutLearningAnew() {
        Preferences preferences = preferences("weather", "football-0");
        BasketSettings flat = Components.with(BasketSettings.DEFAULT, "sourceExponent", 0.0);
        flat = Components.with(flat, "targetExponent", 0.0);
        Model reading = model.withBaskets(flat);
        assertSameBytes(reading, model);
        assertThat(ids(reading, together(reading, preferences)))
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
        List<History.Entry> actions = new ArrayList<>(history("weather").entries());
        Preferences before = preferences(new History(actions));
        actions.add(entry("chess-1", EventType.HIDE, -3, Duration.ofSeconds(9)));
        Preferences hidden = preferences(new History(actions));
        assertThat(share(model, hidden, "football-2", "chess-3"))
                .isGreaterThan(share(model, before, "football-2", "chess-3"));
        assertThat(together(model, hidden).size()).isPositive();
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new BasketSettings(-1, 0, 0, 1, 0, 0, 0, 1, 1, 1))
                .hasMessageContaining("sourceExponent");
        assertThatThrownBy(() -> new BasketSettings(0, 0, 0, 1, 0, 0, 0, 1, 1, Double.NaN))
                .hasMessageContaining("nextHalfHours");
    }

    @Test
    void nothingGoesTogetherForSomeoneWithoutHistory() {
        assertThat(together(model, Preferences.NONE).size()).isZero();
        assertThat(model.content().near(Preferences.NONE, 10).size()).isZero();
        Attributors attributors = signals(Preferences.NONE).attributors(List.of(), new int[] {0});
        assertThat(attributors.of(0, new float[SignalFamilies.COUNT], action -> 0).most(3))
                .isEmpty();
    }

    @Test
    void deletedItemsAreNeverAnsweredWith() {
        Model without = learned(model, Examples.deleted("football-2", 9));
        Preferences preferences = preferences("football-0");
        int football = at("football-0");
        for (ItemScores answer :
                List.of(
                        together(without, preferences),
                        without.content().near(preferences, 50),
                        without.content().similar(football, 50),
                        without.coOccurrence().similar(football, 50))) {
            assertThat(ids(without, answer)).isNotEmpty().doesNotContain("football-2");
        }
    }

    @Test
    void likenessOfContentIsSymmetricAndOneWithItself() {
        Content content = model.content();
        int a = at("football-0");
        int b = at("football-1");
        assertThat(content.cosine(a, a)).isCloseTo(1, within(1e-5f));
        assertThat(content.cosine(a, b)).isEqualTo(content.cosine(b, a)).isBetween(0.1f, 0.99f);
        assertThat(content.cosine(a, at("chess-1"))).isZero();
        assertThat(ids(model, content.similar(a, 5))).allMatch(id -> id.startsWith("football"));
    }

    @Test
    void anItemPutAgainIsFoundByItsNewWordsOnly() {
        Model changed = learned(model, Examples.item("football-0", 2, List.of(), 3, 3, 4));
        int item = at("football-0");
        assertThat(changed.content().cosine(item, at("football-1"))).isZero();
        assertThat(changed.content().cosine(item, at("chess-1"))).isPositive();
        Trainer.Step older =
                Trainer.train(changed, List.of(Examples.item("football-0", 2, List.of(), 1)));
        assertThat(older.isEmpty()).isTrue();
    }

    @Test
    void aDislikeTurnsTheProfileAway() {
        History.Entry hidden = entry("chess-0", EventType.HIDE, -3, Duration.ZERO);
        History.Entry liked = history("football-0").entries().getFirst();
        Preferences preferences = preferences(new History(List.of(hidden, liked)));
        assertThat(preferences.disliked()).containsExactly(at("chess-0"));
        assertThat(preferences.interactions()).isEqualTo(2);
        for (Signal signal : List.of(ContentSignals.CONTENT, ContentSignals.TAGS)) {
            assertThat(signal(preferences, "chess-1", signal)).isNegative();
            assertThat(signal(preferences, "football-1", signal)).isPositive();
        }
    }

    @Test
    void theSessionCountsBeforeItIsIngestedAndOnceAfter() {
        SessionItem click = click("football-0", 0);
        assertThat(preferences(History.EMPTY, click).items()).containsExactly(at("football-0"));
        assertThat(preferences(history("football-0"), click).strengths()).containsExactly(1f);
        Preferences newestFirst =
                preferences(
                        history("chess-0"),
                        click("football-1", 1),
                        click("football-2", 2),
                        click("unheard-of", 3));
        assertThat(newestFirst.items())
                .containsExactly(at("football-2"), at("football-1"), at("chess-0"));
        assertThat(newestFirst.interactions()).isEqualTo(4);
        assertThat(newestFirst.historyLength()).isEqualTo(HistoryLength.MEDIUM);
    }

    @Test
    void whoFollowsATagOrAnAuthorHasItInThePreferences() {
        Target chess = new Target(Target.Kind.TAG, "chess");
        History.Entry follow = new History.Entry("f", EventType.FOLLOW, chess, 3, 0, NOON, null);
        Preferences follows = preferences(new History(List.of(follow)));
        assertThat(signal(follows, "chess-3", FollowedSignals.FOLLOWED)).isEqualTo(1);
        assertThat(signal(follows, "football-3", FollowedSignals.FOLLOWED)).isZero();
    }

    @Test
    void everySignalOfEveryItemIsFiniteAlsoWithoutInteractions() {
        Model more = learned(model, Examples.item("unseen", 1, List.of("chess"), 3, 4));
        Context context = Context.of("mobile", "BR", 3);
        for (Preferences each :
                List.of(Preferences.NONE, preferences("chess-0", "weather", "chess-2"))) {
            Signals signals = Signals.of(more, each, context, NOON.plusSeconds(3_600));
            for (int item = 0; item < more.items().size(); item++) {
                for (float signal : signals.of(item)) {
                    assertThat(signal).isFinite();
                }
                assertThat(Examples.score(more.blend(), signals, item)).isFinite();
            }
            int unseen = more.items().index("unseen");
            assertThat(signals.of(unseen)[NewItemSignals.NO_EVENTS.at()]).isEqualTo(1);
            assertThat(signals.of(0)[NewItemSignals.NO_EVENTS.at()]).isZero();
        }
    }

    @Test
    void theBlendPutsWhatSuitsAUserFirst() {
        List<List<String>> topics =
                List.of(
                        List.of("football-0", "football-2", "football-4"),
                        List.of("chess-1", "chess-3", "chess-5"));
        for (List<String> own : topics) {
            Preferences preferences = preferences(own.getFirst());
            Signals signals =
                    Signals.of(model, preferences, Context.UNKNOWN, NOON.plusSeconds(7_200));
            for (int n = 1; n < 3; n++) {
                float suits = Examples.score(model.blend(), signals, at(own.get(n)));
                for (String id : topics.get(1 - topics.indexOf(own))) {
                    assertThat(suits).isGreaterThan(Examples.score(model.blend(), signals, at(id)));
                }
            }
        }
    }

    @Test
    void whatIsShownInVainAgainAndAgainLosesAndSoDoesWhatIsLikeIt() {
        UserProfile.Shown often = new UserProfile.Shown(4, NOON, NOON);
        Map<String, UserProfile.Shown> shown =
                Map.of(
                        "chess-2", often,
                        "chess-4", often,
                        "football-0", new UserProfile.Shown(1, NOON, NOON));
        Preferences with =
                Preferences.of(
                        model.items(),
                        UserAction.newestFirst(history("football-0"), List.of(), null),
                        shown,
                        null);
        assertThat(with.ignored()).containsExactlyInAnyOrder(at("chess-2"), at("chess-4"));
        assertThat(signal(with, "chess-5", ContentSignals.TAGS_IN_VAIN)).isNegative();
        Preferences before = preferences("football-0");
        assertThat(signal(with, "chess-5", ContentSignals.TAGS))
                .isEqualTo(signal(before, "chess-5", ContentSignals.TAGS));
        assertThat(signal(before, "chess-5", ContentSignals.TAGS_IN_VAIN)).isZero();
        assertThat(signal(with, "chess-5", ContentSignals.CONTENT)).isNegative();
        assertThat(signal(with, "football-1", ContentSignals.TAGS)).isPositive();
    }
}
