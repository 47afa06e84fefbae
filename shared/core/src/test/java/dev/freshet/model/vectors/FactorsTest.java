package dev.freshet.model.vectors;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.features.History;
import dev.freshet.model.Delta;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.signal.Attributors;
import dev.freshet.model.signal.FactorSignals;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Signals;
import dev.freshet.query.RecommendationQuery.SessionItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uses users of two halves of thirty items each, where each half has a tag. */
class FactorsTest {
    private final Examples examples = new Examples();
    private final List<Example> all = new ArrayList<>();
    private Model model = Model.EMPTY;

    @BeforeEach
    void learn() {
        for (int item = 0; item < 60; item++) {
            all.add(Examples.item("i" + item, 1, List.of(item < 30 ? "war" : "love")));
        }
        Random random = new Random(1);
        for (int turn = 0; turn < 2_500; turn++) {
            long user = random.nextInt(150);
            int half = user % 2 == 0 ? 0 : 30;
            all.add(
                    examples.interaction(
                            user, "i" + (half + random.nextInt(30)), Duration.ofMinutes(turn)));
        }
        all.add(Examples.item("new-war", 1, List.of("war")));
        all.add(Examples.item("new-love", 1, List.of("love")));
        all.add(Examples.item("w3", 1, List.of("war")));
        model = learned(all);
    }

    private int index(String item) {
        return model.items().index(item);
    }

    private Preferences preferences(String... newestFirst) {
        List<SessionItem> actions = new ArrayList<>();
        for (int at = 0; at < newestFirst.length; at++) {
            actions.add(
                    new SessionItem(
                            newestFirst[at], EventType.CLICK, Examples.NOON.minusSeconds(at)));
        }
        return Preferences.of(model.items(), History.EMPTY, actions);
    }

    @Test
    void aUserOfOneHalfFitsTheRestOfThatHalf() {
        Factors factors = model.factors();
        float[] user = factors.user(preferences("i0", "i1", "i2"));
        double own = 0;
        double other = 0;
        for (int item = 3; item < 30; item++) {
            own += factors.score(user, index("i" + item));
            other += factors.score(user, index("i" + (30 + item)));
        }
        assertThat(own).isGreaterThan(2 * Math.max(0.1, other));
    }

    @Test
    void anItemWithoutInteractionsFitsByItsTags() {
        Factors factors = model.factors();
        float[] user = factors.user(preferences("i0", "i1", "i2"));
        assertThat(factors.score(user, index("new-war")))
                .isGreaterThan(factors.score(user, index("new-love")) + 0.02f);
        assertThat(factors.near(factors.scores(user), preferences("i0", "i1", "i2"), 40).items())
                .contains(index("new-war"));
    }

    @Test
    void theNearestAreTheBestThatAreNeitherOwnNorDeleted() {
        model = learned(model, Examples.deleted("i5", 9));
        Factors factors = model.factors();
        Preferences preferences = preferences("i0", "i1", "i2");
        float[] user = factors.user(preferences);
        ItemScores near = factors.near(factors.scores(user), preferences, 10);
        assertThat(near.size()).isEqualTo(10);
        for (int rank = 1; rank < near.size(); rank++) {
            assertThat(near.score(rank)).isLessThanOrEqualTo(near.score(rank - 1));
        }
        assertThat(near.items()).doesNotContain(index("i0"), index("i1"), index("i2"), index("i5"));
    }

    @Test
    void nobodyFitsNothing() {
        Factors factors = model.factors();
        float[] nobody = factors.user(Preferences.NONE);
        assertThat(factors.score(nobody, index("i0"))).isZero();
        assertThat(factors.near(factors.scores(nobody), Preferences.NONE, 10).size()).isZero();
    }

    @Test
    void theSignalIsTheProductAndItMovesWithTheActions() {
        List<UserAction> actions = List.of(action("i0", 0), action("i1", 1), action("i40", 2));
        Preferences preferences = preferences("i0", "i1", "i40");
        Signals signals = Signals.of(model, preferences, Context.UNKNOWN, model.clock());
        Factors factors = model.factors();
        int candidate = index("i7");
        float score = factors.score(factors.user(preferences), candidate);
        assertThat(signals.of(candidate)[FactorSignals.FACTORS.at()]).isEqualTo(score);

        float[] weights = new float[SignalFamilies.COUNT];
        weights[FactorSignals.FACTORS.at()] = 1;
        Attributors.Attribution attribution =
                signals.attributors(actions, new int[] {candidate}).of(0, weights, action -> 0);
        Attributors.Attribution.Moved most =
                Objects.requireNonNull(attribution.most(FactorSignals.SOURCE));
        assertThat(most.action().target().id()).isIn("i0", "i1");
    }

    @Test
    void toTakeEveryInteractionOfAnItemBackLeavesItsContent() {
        List<Example> back = new ArrayList<>();
        for (Example example : all) {
            if (example instanceof Example.Interaction interaction
                    && interaction.target().id().equals("i3")) {
                back.add(examples.takenBack(interaction));
            }
        }
        Model after = learned(model, back);
        float[] user = after.factors().user(preferences("i31", "i32", "i33"));
        // By the author and with the tag of i3, and without interactions.
        float content = after.factors().score(user, index("w3"));
        float before = Math.abs(model.factors().score(user, index("i3")) - content);
        float left = Math.abs(after.factors().score(user, index("i3")) - content);
        assertThat(left).isLessThanOrEqualTo(before).isLessThan(0.02f);
    }

    @Test
    void aDeltaCarriesNoMoreRowsThanTwoAnExampleAndTheirLabels() {
        List<Example> more = new ArrayList<>();
        for (int turn = 0; turn < 10; turn++) {
            more.add(examples.interaction(1_000 + turn, "i" + turn, Duration.ofDays(3)));
            more.add(examples.interaction(1_000 + turn, "i" + (turn + 1), Duration.ofDays(3)));
        }
        Delta delta = DeltaCodec.decode(Trainer.train(model, more).delta());
        FactorRows rows = Objects.requireNonNull(delta.learned().factors());
        assertThat(rows.items().length).isBetween(1, 11);
        assertThat(rows.labels().length).isBetween(1, 3);
    }

    private static UserAction action(String item, int minutesAgo) {
        Instant at = Examples.NOON.minus(Duration.ofMinutes(minutesAgo));
        return new UserAction(null, EventType.CLICK, Target.item(item), 1, at, null);
    }
}
