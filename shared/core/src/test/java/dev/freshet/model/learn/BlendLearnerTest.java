package dev.freshet.model.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.codec.DeltaCodec;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.Signals;
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
        return Trainer.train(Model.EMPTY, stream).model().blend().steps();
    }

    private void meets(long user, String item, EventType type, float strength, int minute) {
        stream.add(examples.interaction(user, item, type, strength, Duration.ofMinutes(minute)));
    }

    @Test
    void a_first_meeting_is_a_lesson_and_a_second_with_the_same_item_is_none() {
        meets(1, "item-0", EventType.CLICK, 1, 0);
        assertThat(steps()).isEqualTo(1);
        meets(1, "item-0", EventType.LIKE, 2, 1);
        assertThat(steps()).isEqualTo(1);
        meets(1, "item-1", EventType.CLICK, 1, 2);
        assertThat(steps()).isEqualTo(2);
    }

    @Test
    void what_was_not_liked_teaches_nothing_about_choosing() {
        meets(1, "item-0", EventType.HIDE, -3, 0);
        assertThat(steps()).isZero();
    }

    @Test
    void an_item_never_heard_of_could_not_be_chosen_and_teaches_nothing() {
        meets(1, "unheard", EventType.CLICK, 1, 0);
        assertThat(steps()).isZero();
    }

    @Test
    void where_all_else_was_met_or_deleted_there_is_no_choice() {
        for (int item = 1; item < 5; item++) {
            stream.add(Examples.deleted("item-" + item, 2));
        }
        meets(1, "item-5", EventType.CLICK, 1, 0);
        assertThat(steps()).isEqualTo(1);
        meets(1, "item-0", EventType.CLICK, 1, 1);
        assertThat(steps()).isEqualTo(1);
    }

    @Test
    void of_a_known_list_what_was_not_shown_could_not_be_chosen() {
        Example.Interaction interaction =
                examples.interaction(1, "item-0", EventType.CLICK, 1, Duration.ofMinutes(1));
        stream.add(interaction.inList(List.of("item-0")));
        assertThat(steps()).isZero();
        stream.removeLast();
        stream.add(interaction.inList(List.of("item-3", "item-0")));
        assertThat(steps()).isEqualTo(1);
    }

    @Test
    void that_the_first_of_a_list_is_taken_is_put_down_to_its_place() {
        SplittableRandom random = new SplittableRandom(2);
        for (int minute = 0; minute < 1_000; minute++) {
            List<String> list = new ArrayList<>();
            for (int item = 0; item < 6; item++) {
                list.add(random.nextInt(list.size() + 1), "item-" + item);
            }
            stream.add(
                    examples.interaction(
                                    1_000 + minute,
                                    list.getFirst(),
                                    EventType.CLICK,
                                    1,
                                    Duration.ofMinutes(minute))
                            .inList(list));
        }
        BlendState learned = Trainer.train(Model.EMPTY, stream).model().blend();
        assertThat(learned.weight(HistoryLength.THIN.at(), Signal.PLACE.at())).isLessThan(-1);
    }

    @Test
    void readers_who_always_take_what_is_hottest_teach_that_the_present_hour_counts() {
        SplittableRandom random = new SplittableRandom(1);
        int hot = 0;
        for (int minute = 0; minute < 1_500; minute++) {
            if (minute % 50 == 0) {
                hot = random.nextInt(6);
            }
            meets(1_000 + minute, "item-" + hot, EventType.CLICK, 1, minute);
        }
        Model model = Trainer.train(Model.EMPTY, stream).model();
        int thin = HistoryLength.THIN.at();
        assertThat(model.blend().performance(thin, Signal.Source.TRENDING.at())).isGreaterThan(0.8);
        assertThat(lead(model, "item-" + hot, model.blend()))
                .isGreaterThan(lead(model, "item-" + hot, Model.EMPTY.blend()));
    }

    /** How far an item's log odds lie above the next best's for somebody unknown, now. */
    private static float lead(Model model, String id, BlendState blend) {
        Signals signals = Signals.of(model, Preferences.NONE, Context.UNKNOWN, model.clock());
        float[][] weights = blend.weights(signals.bucket());
        float own = 0;
        float best = Float.NEGATIVE_INFINITY;
        for (int item = 0; item < model.items().size(); item++) {
            float[] vector = signals.of(item);
            float score = 0;
            for (int at = 0; at < vector.length; at++) {
                score += weights[signals.age(item)][at] * vector[at];
            }
            if (model.items().id(item).equals(id)) {
                own = score;
            } else {
                best = Math.max(best, score);
            }
        }
        return own - best;
    }

    @Test
    void readers_who_never_take_what_is_hot_teach_the_contrary() {
        for (int minute = 0; minute < 1_500; minute++) {
            int dull = minute % 6;
            meets(1_000 + minute, "item-" + dull, EventType.CLICK, 1, 20 * minute);
        }
        Model model = Trainer.train(Model.EMPTY, stream).model();
        String justNow = "item-" + 1_499 % 6;
        assertThat(lead(model, justNow, model.blend()))
                .isLessThan(lead(model, justNow, Model.EMPTY.blend()));
    }

    @Test
    void whoever_was_offline_for_a_week_teaches_nothing_that_is_not_finite() {
        for (int user = 1; user <= 40; user++) {
            meets(user, "item-" + user % 6, EventType.CLICK, 1, user);
        }
        for (int late = 50; late <= 60; late++) {
            meets(late, "item-" + late % 6, EventType.CLICK, 1, -7 * 24 * 60);
        }
        Trainer.Step step = Trainer.train(Model.EMPTY, stream);
        assertThat(DeltaCodec.decode(step.delta()).examples()).hasSize(stream.size());
        assertThat(step.model().blend().steps()).isGreaterThan(40);
    }
}
