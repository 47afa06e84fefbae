package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.baseline.Baselines.Chosen;
import dev.freshet.bench.baseline.Baselines.Variant;
import dev.freshet.bench.baseline.SettingsChoice.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsChoiceTest {
    /** Baseline with one setting. */
    private record Fan(int favourite) implements Baseline {
        @Override
        public void score(FirstInteraction request, float[] scores) {}

        @Override
        public void learn(FirstInteraction interaction) {}
    }

    /** Chooses among fans by the result of each. */
    private static Chosen among(List<Integer> favourites, Map<Integer, Result> results) {
        List<Baseline> tried = new ArrayList<>();
        SettingsChoice choice =
                new SettingsChoice(
                        fan -> {
                            tried.add(fan);
                            return results.get(((Fan) fan).favourite());
                        },
                        "on a part");
        Chosen chosen =
                choice.among(
                        "fan",
                        favourites.stream()
                                .map(item -> new Variant("of " + item, () -> new Fan(item)))
                                .toList());
        assertThat(tried).allSatisfy(fan -> assertThat(fan).isNotSameAs(chosen.baseline()));
        return chosen;
    }

    @Test
    void theBestVariantIsChosenAndStartsUntrained() {
        List<Integer> fans = List.of(1, 2);

        assertThat(among(fans, Map.of(1, new Result(3, 9), 2, new Result(4, 1))))
                .isEqualTo(new Chosen("fan", "of 2; best of 2 on a part", new Fan(2)));
        assertThat(among(fans, Map.of(1, new Result(4, 1), 2, new Result(4, 2))).settings())
                .startsWith("of 2;");
    }

    @Test
    void ofEqualsTheOneNamedFirstIsTakenAndOneAloneIsNotCompared() {
        Result same = new Result(0, 0);

        assertThat(among(List.of(1, 3), Map.of(1, same, 3, same)).settings()).startsWith("of 1;");
        assertThat(among(List.of(7), Map.of()).settings()).isEqualTo("of 7");
    }

    @Test
    void settingsAreChosenOneAfterTheOther() {
        List<Stan.Settings> tried = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (int merit : new int[] {1, 2, 1, 2}) {
            results.add(new Result(merit, 0));
        }
        Chosen chosen =
                new SettingsChoice(stan -> results.removeFirst(), "on a part")
                        .stepwise(
                                "stan",
                                Stan.Settings.STAN,
                                List.of(
                                        List.of(
                                                own -> own.among(1_000, 100),
                                                own -> own.among(50, 10)),
                                        List.of(own -> own.withIdf(1), own -> own.withIdf(2))),
                                settings -> {
                                    tried.add(settings);
                                    return new Variant("", () -> new Stan(40, settings));
                                });
        assertThat(tried).hasSize(5);
        assertThat(tried.subList(2, 5)).allMatch(settings -> settings.sample() == 50);
        assertThat(tried.getLast().idf()).isEqualTo(2);
        assertThat(chosen.settings()).endsWith("best of 4 on a part");
    }
}
