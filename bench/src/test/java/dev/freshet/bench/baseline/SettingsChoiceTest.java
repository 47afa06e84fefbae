package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.baseline.SettingsChoice.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SettingsChoiceTest {
    /** Baseline with one setting. */
    private record Fan(int favourite) implements Baseline {
        @Override
        public String name() {
            return "fan";
        }

        @Override
        public String settings() {
            return "of " + favourite;
        }

        @Override
        public void score(FirstInteraction request, float[] scores) {}

        @Override
        public void learn(FirstInteraction interaction) {}
    }

    /** Chooses among fans by the result of each. */
    private static Baselines.Chosen among(List<Fan> fans, Map<Integer, Result> results) {
        List<Baseline> tried = new ArrayList<>();
        SettingsChoice choice =
                new SettingsChoice(
                        fan -> {
                            tried.add(fan);
                            return results.get(((Fan) fan).favourite());
                        },
                        "on a part");
        List<Supplier<Baseline>> variants = new ArrayList<>();
        fans.forEach(fan -> variants.add(() -> new Fan(fan.favourite())));
        Baselines.Chosen chosen = choice.among(variants);
        assertThat(tried).allSatisfy(fan -> assertThat(fan).isNotSameAs(chosen.baseline()));
        return chosen;
    }

    @Test
    void theBestVariantIsChosenAndStartsUntrained() {
        List<Fan> fans = List.of(new Fan(1), new Fan(2));

        assertThat(among(fans, Map.of(1, new Result(3, 9), 2, new Result(4, 1))).settings())
                .isEqualTo("of 2; best of 2 on a part");
        assertThat(among(fans, Map.of(1, new Result(4, 1), 2, new Result(4, 2))).settings())
                .startsWith("of 2;");
    }

    @Test
    void ofEqualsTheOneNamedFirstIsTakenAndOneAloneIsNotCompared() {
        Result same = new Result(0, 0);

        assertThat(among(List.of(new Fan(1), new Fan(3)), Map.of(1, same, 3, same)).settings())
                .startsWith("of 1;");
        assertThat(among(List.of(new Fan(7)), Map.of()).settings()).isEqualTo("of 7");
    }

    @Test
    void settingsAreChosenOneAfterTheOther() {
        List<Stan.Settings> tried = new ArrayList<>();
        Baselines.Chosen chosen =
                new SettingsChoice(stan -> new Result(tried.size() % 3, 0), "on a part")
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
        assertThat(tried.subList(2, 5)).allMatch(settings -> settings.sample() == 50);
        assertThat(tried.getLast().idf()).isEqualTo(2);
        assertThat(chosen.settings()).endsWith("best of 4 on a part");
    }
}
