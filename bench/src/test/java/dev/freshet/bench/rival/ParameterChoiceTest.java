package dev.freshet.bench.rival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterChoiceTest {

    /** Puts one item first, always. */
    private record Fan(int favourite, List<FirstInteraction> learned) implements Baseline {
        @Override
        public String name() {
            return "fan";
        }

        @Override
        public String settings() {
            return "of " + favourite;
        }

        @Override
        public void score(FirstInteraction asked, float[] scores) {
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
    void theVariantThatRanksTheOpeningBestIsTakenAndLearnsAnew() {
        List<FirstInteraction> learned = new ArrayList<>();
        Baseline best =
                ParameterChoice.on(stream())
                        .among(List.of(() -> fan(1), () -> new Fan(2, learned)));
        assertThat(best.name()).isEqualTo("fan");
        assertThat(best.settings()).isEqualTo("of 2; best of 2 on the first 30 %");
        learned.clear();
        best.learn(Toys.interaction(0, 0));
        assertThat(learned).hasSize(1);
    }

    @Test
    void onlyTheOpeningIsLookedAt() {
        List<FirstInteraction> learned = new ArrayList<>();
        ParameterChoice.on(stream()).run(new Fan(0, learned));
        assertThat(learned).isEqualTo(stream().subList(0, 30));
    }

    @Test
    void equalsAreRankedInTheMiddleAndAnItemNeverSeenIsAMiss() {
        // 20 items are told first, by one who never comes again: nothing before them to rank.
        // Then 10 people meet item 2 first: rank 1 for its fan; 1 + 19/2 behind anybody else's.
        assertThat(ParameterChoice.on(stream()).run(fan(2)))
                .isEqualTo(new ParameterChoice.Result(10, 10));
        assertThat(ParameterChoice.on(stream()).run(fan(1)))
                .isEqualTo(new ParameterChoice.Result(0, 0));
    }

    @Test
    void ofEqualsTheOneNamedFirstIsTakenAndOneAloneIsNotCompared() {
        assertThat(
                        ParameterChoice.on(stream())
                                .among(List.of(() -> fan(1), () -> fan(3)))
                                .settings())
                .startsWith("of 1;");
        assertThat(ParameterChoice.on(stream()).among(List.of(() -> fan(7))).settings())
                .isEqualTo("of 7");
    }

    private static Fan fan(int favourite) {
        return new Fan(favourite, new ArrayList<>());
    }

    /** 100 events: the first 30 are as told above; the rest would make item 1 the winner. */
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
