package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterChoiceTest {

    /** Baseline that always ranks one item first. */
    private record Constant(int favourite, List<FirstInteraction> learned) implements Baseline {
        @Override
        public String name() {
            return "fan";
        }

        @Override
        public String settings() {
            return "of " + favourite;
        }

        @Override
        public void score(FirstInteraction request, float[] scores) {
            for (int item = 0; item < scores.length; item++) {
                scores[item] = item == favourite ? 1 : 0;
            }
        }

        @Override
        public void learn(FirstInteraction interaction) {
            learned.add(interaction);
        }
    }

    @Test
    void theBestVariantOnTheOpeningIsChosenAndStartsUntrained() {
        List<FirstInteraction> learned = new ArrayList<>();
        Baseline best =
                ParameterChoice.on(stream())
                        .among(List.of(() -> constant(1), () -> new Constant(2, learned)));
        assertThat(best.name()).isEqualTo("fan");
        assertThat(best.settings()).isEqualTo("of 2; best of 2 on the first 30 %");
        learned.clear();
        best.learn(Toys.interaction(0, 0));
        assertThat(learned).hasSize(1);
    }

    @Test
    void onlyTheOpeningIsRead() {
        List<FirstInteraction> learned = new ArrayList<>();
        ParameterChoice.on(stream()).run(new Constant(0, learned));
        assertThat(learned).isEqualTo(stream().subList(0, 30));
    }

    @Test
    void equalScoresRankInTheMiddleAndANewItemIsAMiss() {
        // The first 20 items are new and of one person who does not return, so nothing is ranked.
        // Then 10 people first interact with item 2: rank 1 for the baseline that prefers it, 1 +
        // 19/2 for the others.
        assertThat(ParameterChoice.on(stream()).run(constant(2)))
                .isEqualTo(new SettingsChoice.Result(10, 10));
        assertThat(ParameterChoice.on(stream()).run(constant(1)))
                .isEqualTo(new SettingsChoice.Result(0, 0));
    }

    @Test
    void ofEqualsTheOneNamedFirstIsTakenAndOneAloneIsNotCompared() {
        assertThat(
                        ParameterChoice.on(stream())
                                .among(List.of(() -> constant(1), () -> constant(3)))
                                .settings())
                .startsWith("of 1;");
        assertThat(ParameterChoice.on(stream()).among(List.of(() -> constant(7))).settings())
                .isEqualTo("of 7");
    }

    private static Constant constant(int favourite) {
        return new Constant(favourite, new ArrayList<>());
    }

    /** Returns 100 events: the first 30 as described above; on the rest item 1 would win. */
    private static List<FirstInteraction> stream() {
        List<FirstInteraction> stream = new ArrayList<>();
        for (int item = 0; item < 20; item++) {
            stream.add(Toys.interaction(0, item));
        }
        for (int person = 1; person <= 10; person++) {
            stream.add(Toys.interaction(person, 2));
        }
        for (int person = 11; person <= 80; person++) {
            stream.add(Toys.interaction(person, 1));
        }
        return stream;
    }
}
