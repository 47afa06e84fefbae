package dev.freshet.model.signal;

import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.model.Model;
import dev.freshet.model.basket.Transitions;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatestItemSignalsTest extends SignalScene {
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
        Model model = learned(examples.mixed(new SplittableRandom(5), 2_000));
        Model read = reread(model);
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
            String[] items = new String[4];
            Arrays.setAll(items, at -> (at % 2 == 0 ? "i" : "!i") + random.nextInt(12));
            people(1, items);
        }
        List<UserAction> actions = new ArrayList<>();
        for (int at = 0; at < 9; at++) {
            actions.add(action("i" + at % 7, at % 3 == 1 ? -3 : 1, 1 + at));
        }
        for (Signal signal : List.of(LatestItemSignals.AFTER, LatestItemSignals.BEFORE)) {
            assertAddsWhatIsLost(
                    model(1),
                    actions,
                    List.of("i8", "i9", "i10"),
                    signal,
                    with -> new LatestItemSignals(with.context()),
                    1e-5);
        }
    }
}
