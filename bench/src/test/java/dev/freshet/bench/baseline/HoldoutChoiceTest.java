package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
import dev.freshet.bench.evaluate.TestSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HoldoutChoiceTest {
    private static final List<FirstInteraction> STREAM = Toys.twoGroups(60, 40, 1_000, 3);

    /** Baseline that records its calls and scores every item by a constant times its number. */
    private static final class Recorded implements Baseline {
        private final List<String> calls = new ArrayList<>();
        private final float sign;

        Recorded(float sign) {
            this.sign = sign;
        }

        @Override
        public String name() {
            return "recorded";
        }

        @Override
        public String settings() {
            return "sign " + sign;
        }

        @Override
        public void score(FirstInteraction request, float[] scores) {
            calls.add("score");
            for (int item = 0; item < scores.length; item++) {
                scores[item] = sign * item;
            }
        }

        @Override
        public void learn(FirstInteraction interaction) {
            calls.add("learn");
        }

        @Override
        public void startTest() {
            calls.add("start");
        }

        @Override
        public void observe(FirstInteraction interaction) {
            calls.add("observe");
        }
    }

    private static HoldoutChoice choice(boolean frozen) {
        return new HoldoutChoice(new TestSetup(STREAM, 40, true, frozen, true));
    }

    @Test
    void fourFifthsAreLearnedBeforeTheTestBegins() {
        Recorded learning = new Recorded(1);
        choice(false).run(learning);
        assertThat(learning.calls.subList(0, 800)).containsOnly("learn");
        assertThat(learning.calls.get(800)).isEqualTo("start");
        assertThat(learning.calls).doesNotContain("observe").contains("score");
        assertThat(learning.calls.stream().filter("learn"::equals)).hasSize(1_000);
    }

    @Test
    void aFrozenVariantObservesTheTest() {
        Recorded frozen = new Recorded(1);
        choice(true).run(frozen);
        assertThat(frozen.calls.stream().filter("observe"::equals)).hasSize(200);
        assertThat(frozen.calls.stream().filter("learn"::equals)).hasSize(800);
    }

    @Test
    void theVariantWithTheHigherReciprocalRanksIsChosenAndSaysSo() {
        List<FirstInteraction> high = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            high.add(Toys.interaction(i % 5, i < 50 ? i % 30 : 29));
        }
        HoldoutChoice choice = new HoldoutChoice(new TestSetup(high, 30, true, false, false));
        List<Supplier<Baseline>> variants = List.of(() -> new Recorded(-1), () -> new Recorded(1));

        Baseline chosen = choice.among(variants);

        assertThat(chosen.settings())
                .isEqualTo("sign 1.0; best of 2 on the last 20 % before the test");
    }

    @Test
    void settingsAreChosenOneAfterTheOther() {
        List<Stan.Settings> tried = new ArrayList<>();
        Baseline chosen =
                choice(false)
                        .stepwise(
                                Stan.Settings.stan(),
                                List.of(
                                        List.of(
                                                own -> own.among(1_000, 100),
                                                own -> own.among(50, 10)),
                                        List.of(
                                                own -> own.decaying(1, 1, 1),
                                                own -> own.decaying(2, 2, 2))),
                                settings -> {
                                    tried.add(settings);
                                    return new Stan(40, settings);
                                });
        assertThat(tried).hasSize(5);
        assertThat(tried.get(2).sample()).isEqualTo(tried.get(3).sample());
        assertThat(chosen.settings()).endsWith("best of 4 on the last 20 % before the test");
    }
}
