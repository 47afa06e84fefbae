package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsChoiceTest {
    private static final List<FirstInteraction> STREAM = Toys.twoGroups(60, 40, 1_000, 3);

    /** Baseline that always ranks one item first, and records its calls. */
    private record Constant(int favourite, List<String> calls) implements Baseline {
        Constant(int favourite) {
            this(favourite, new ArrayList<>());
        }

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
            calls.add("score");
            for (int item = 0; item < scores.length; item++) {
                scores[item] = item == favourite ? 1 : 0;
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

        private long count(String call) {
            return calls.stream().filter(call::equals).count();
        }
    }

    private static SettingsChoice onStream() {
        return new SettingsChoice(
                new Baselines.Setup(Baselines.Protocol.STREAM, stream(), 20, false, false, false));
    }

    private static SettingsChoice beforeTest(
            List<FirstInteraction> learned, boolean frozen, boolean sessions) {
        return new SettingsChoice(
                new Baselines.Setup(Baselines.Protocol.TEST, learned, 40, true, frozen, sessions));
    }

    @Test
    void theBestVariantOnTheOpeningIsChosenAndStartsUntrained() {
        List<Constant> made = new ArrayList<>();
        Baselines.Chosen best =
                onStream()
                        .among(
                                List.of(
                                        () -> new Constant(1),
                                        () -> {
                                            made.add(new Constant(2));
                                            return made.getLast();
                                        }));
        assertThat(best.baseline().name()).isEqualTo("fan");
        assertThat(best.settings()).isEqualTo("of 2; best of 2 on the first 30 %");
        assertThat(made).hasSize(2);
        assertThat(((Constant) best.baseline()).calls()).isEmpty();
    }

    @Test
    void onlyTheOpeningIsRead() {
        Constant baseline = new Constant(0);
        onStream().run(baseline);
        assertThat(baseline.count("learn")).isEqualTo(30);
    }

    @Test
    void equalScoresRankInTheMiddleAndANewItemIsAMiss() {
        // The first 20 items are new and of one person who does not return, so nothing is ranked.
        // Then 10 people first interact with item 2: rank 1 for the baseline that prefers it, 1 +
        // 19/2 for the others.
        assertThat(onStream().run(new Constant(2))).isEqualTo(new SettingsChoice.Result(10, 10));
        assertThat(onStream().run(new Constant(1))).isEqualTo(new SettingsChoice.Result(0, 0));
    }

    @Test
    void ofEqualsTheOneNamedFirstIsTakenAndOneAloneIsNotCompared() {
        assertThat(
                        onStream()
                                .among(List.of(() -> new Constant(1), () -> new Constant(3)))
                                .settings())
                .startsWith("of 1;");
        assertThat(onStream().among(List.of(() -> new Constant(7))).settings()).isEqualTo("of 7");
    }

    @Test
    void fourFifthsAreLearnedBeforeTheTestBegins() {
        Constant learning = new Constant(1);
        beforeTest(STREAM, false, true).run(learning);
        assertThat(learning.calls.subList(0, 800)).containsOnly("learn");
        assertThat(learning.calls.get(800)).isEqualTo("start");
        assertThat(learning.calls).doesNotContain("observe").contains("score");
        assertThat(learning.count("learn")).isEqualTo(1_000);
    }

    @Test
    void aFrozenVariantObservesTheTest() {
        Constant frozen = new Constant(1);
        beforeTest(STREAM, true, true).run(frozen);
        assertThat(frozen.count("observe")).isEqualTo(200);
        assertThat(frozen.count("learn")).isEqualTo(800);
    }

    @Test
    void theVariantWithTheHigherReciprocalRanksIsChosenAndSaysSo() {
        List<FirstInteraction> high = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            high.add(Toys.interaction(i % 5, i < 50 ? i % 30 : 29));
        }

        Baselines.Chosen chosen =
                beforeTest(high, false, false)
                        .among(List.of(() -> new Constant(0), () -> new Constant(29)));

        assertThat(chosen.settings())
                .isEqualTo("of 29; best of 2 on the last 20 % before the test");
    }

    @Test
    void settingsAreChosenOneAfterTheOther() {
        List<Stan.Settings> tried = new ArrayList<>();
        Baselines.Chosen chosen =
                beforeTest(STREAM, false, true)
                        .stepwise(
                                Stan.Settings.STAN,
                                List.of(
                                        List.of(
                                                own -> own.among(1_000, 100),
                                                own -> own.among(50, 10)),
                                        List.of(own -> own.withIdf(1), own -> own.withIdf(2))),
                                settings -> {
                                    tried.add(settings);
                                    return new Stan(40, settings);
                                });
        assertThat(tried).hasSize(5);
        assertThat(tried.get(2).sample()).isEqualTo(tried.get(3).sample());
        assertThat(chosen.settings()).endsWith("best of 4 on the last 20 % before the test");
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
