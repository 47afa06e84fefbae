package dev.freshet.model.learn;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.model.signal.Signals;
import dev.freshet.model.signal.TrendingSignals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlendLearnerTest {
    private final Examples examples = new Examples();
    private final List<Example> stream = new ArrayList<>();

    BlendLearnerTest() {
        for (int item = 0; item < 6; item++) {
            stream.add(Examples.item("item-" + item, 1, List.of(), item));
        }
    }

    private long steps() {
        return learned(stream).blend().steps();
    }

    private void interacts(long user, String item, EventType type, float strength, int minute) {
        stream.add(examples.interaction(user, item, type, strength, Duration.ofMinutes(minute)));
    }

    private void clicks(long user, String item, int minute) {
        interacts(user, item, EventType.CLICK, 1, minute);
    }

    @Test
    void aFirstInteractionIsAStepAndASecondTeachesOfRepeatsAlone() {
        clicks(1, "item-0", 0);
        assertThat(steps()).isEqualTo(1);
        interacts(1, "item-0", EventType.LIKE, 2, 1);
        assertThat(steps()).isEqualTo(1);
        clicks(1, "item-1", 2);
        assertThat(steps()).isEqualTo(2);
    }

    @Test
    void usersWhoComeBackTeachThatItSpeaksForAnItemThatItWasChosenBefore() {
        for (int minute = 0; minute < 600; minute += 2) {
            String item = "item-" + minute % 6;
            clicks(1_000 + minute, item, minute);
            clicks(1_000 + minute, item, minute + 1);
        }
        clicks(1, "item-0", 600);
        assertThat(worth(learned(stream))).isGreaterThan(1);
    }

    @Test
    void usersWhoAlwaysMoveOnTeachThatItSpeaksAgainstIt() {
        for (int minute = 0; minute < 600; minute += 3) {
            for (int step = 0; step < 3; step++) {
                String item = "item-" + (minute + 2 * step) % 6;
                clicks(1_000 + minute, item, minute + step);
            }
        }
        clicks(1, "item-0", 600);
        assertThat(worth(learned(stream))).isLessThan(-1);
    }

    /** Returns how much it speaks for the item that the first user chose that it was chosen. */
    private static double worth(Model model) {
        int slot = model.baskets().slot(new Pseudonym(1));
        Preferences own = Preferences.of(model.baskets().basket(slot));
        Signals signals = Signals.of(model, own, Context.UNKNOWN, model.clock().plusSeconds(60));
        return signals.repeatWorth(model.items().index("item-0"));
    }

    @Test
    void whatWasNotLikedTeachesNothingAboutChoosing() {
        interacts(1, "item-0", EventType.HIDE, -3, 0);
        assertThat(steps()).isZero();
    }

    @Test
    void anItemNeverHeardOfCouldNotBeChosenAndTeachesNothing() {
        clicks(1, "unheard", 0);
        assertThat(steps()).isZero();
    }

    @Test
    void whereAllElseWasSeenOrDeletedThereIsNoChoice() {
        for (int item = 1; item < 5; item++) {
            stream.add(Examples.deleted("item-" + item, 2));
        }
        clicks(1, "item-5", 0);
        assertThat(steps()).isEqualTo(1);
        clicks(1, "item-0", 1);
        assertThat(steps()).isEqualTo(1);
    }

    @Test
    void ofAKnownListWhatWasNotShownCouldNotBeChosen() {
        Example.Interaction interaction =
                examples.interaction(1, "item-0", EventType.CLICK, 1, Duration.ofMinutes(1));
        stream.add(interaction.inList(List.of("item-0")));
        assertThat(steps()).isZero();
        stream.removeLast();
        stream.add(interaction.inList(List.of("item-3", "item-0")));
        assertThat(steps()).isEqualTo(1);
    }

    @Test
    void thatTheFirstOfAListIsTakenIsPutDownToItsPlace() {
        SplittableRandom random = new SplittableRandom(2);
        for (int minute = 0; minute < 1_000; minute++) {
            List<String> list = new ArrayList<>();
            for (int item = 0; item < 6; item++) {
                list.add(random.nextInt(list.size() + 1), "item-" + item);
            }
            Duration when = Duration.ofMinutes(minute);
            stream.add(examples.interaction(1_000 + minute, list.getFirst(), when).inList(list));
        }
        BlendState learned = learned(stream).blend();
        assertThat(learned.weight(HistoryLength.THIN.at(), NewItemSignals.POSITION.at()))
                .isLessThan(-1);
    }

    @Test
    void usersWhoAlwaysTakeWhatIsHottestTeachThatThePresentHourCounts() {
        SplittableRandom random = new SplittableRandom(1);
        int hot = 0;
        for (int minute = 0; minute < 1_500; minute++) {
            if (minute % 50 == 0) {
                hot = random.nextInt(6);
            }
            clicks(1_000 + minute, "item-" + hot, minute);
        }
        Model model = learned(stream);
        int thin = HistoryLength.THIN.at();
        assertThat(model.blend().performance(thin, TrendingSignals.SOURCE.index()))
                .isGreaterThan(0.8);
        assertThat(lead(model, "item-" + hot, model.blend()))
                .isGreaterThan(lead(model, "item-" + hot, Model.EMPTY.blend()));
    }

    /** How far an item's log odds lie above the next best's for somebody unknown, now. */
    private static float lead(Model model, String id, BlendState blend) {
        Signals signals = Signals.of(model, Preferences.NONE, Context.UNKNOWN, model.clock());
        float own = 0;
        float best = Float.NEGATIVE_INFINITY;
        for (int item = 0; item < model.items().size(); item++) {
            float score = Examples.score(blend, signals, item);
            if (model.items().id(item).equals(id)) {
                own = score;
            } else {
                best = Math.max(best, score);
            }
        }
        return own - best;
    }

    @Test
    void usersWhoNeverTakeWhatIsHotTeachTheContrary() {
        for (int minute = 0; minute < 1_500; minute++) {
            int dull = minute % 6;
            clicks(1_000 + minute, "item-" + dull, 20 * minute);
        }
        Model model = learned(stream);
        String justNow = "item-" + 1_499 % 6;
        assertThat(lead(model, justNow, model.blend()))
                .isLessThan(lead(model, justNow, Model.EMPTY.blend()));
    }

    @Test
    void whoeverWasOfflineForAWeekTeachesNothingThatIsNotFinite() {
        for (int user = 1; user <= 40; user++) {
            clicks(user, "item-" + user % 6, user);
        }
        for (int late = 50; late <= 60; late++) {
            clicks(late, "item-" + late % 6, -7 * 24 * 60);
        }
        Trainer.Step step = Trainer.train(Model.EMPTY, stream);
        assertThat(DeltaCodec.decode(step.delta()).examples()).hasSize(stream.size());
        assertThat(step.model().blend().steps()).isGreaterThan(40);
    }
}
