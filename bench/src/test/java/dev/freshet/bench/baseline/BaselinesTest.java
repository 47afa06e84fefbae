package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.baseline.SettingsChoice.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselinesTest {
    private static final int ITEMS = 40;
    private static final List<FirstInteraction> STREAM = Toys.twoGroups(60, ITEMS, 1_500, 17);

    private static List<Baselines.Chosen> onStream(boolean test) {
        SettingsChoice first = new SettingsChoice(baseline -> new Result(0, 0), "on a part");
        return Baselines.ofStream(test, ITEMS, first, 1);
    }

    @Test
    void sevenBaselinesTakePartOnAStreamAndReportTheirSettings() {
        List<Baselines.Chosen> baselines = onStream(false);
        assertThat(baselines)
                .extracting(Baselines.Chosen::name)
                .containsExactly(
                        "popularity", "recency", "item-knn", "vs-knn", "stan", "vstan", "ials");
        assertThat(baselines.getLast().settings()).contains("retrained every simulated day");
        assertThat(baselines)
                .allSatisfy(baseline -> assertThat(baseline.settings()).isNotBlank())
                .filteredOn(baseline -> !baseline.name().equals("recency"))
                .allSatisfy(baseline -> assertThat(baseline.settings()).contains("on a part"));
    }

    @Test
    void fourBaselinesTakePartOnASplitAndReportTheirSettings() {
        assertThat(Baselines.ofSplit(ITEMS, 1))
                .extracting(chosen -> chosen.name() + ": " + chosen.settings())
                .containsExactly(
                        "popularity: all time",
                        "item-knn: cosine, 500 neighbours, shrinkage 20.0, trained once",
                        "rp3beta: α 0.6, β 0.3, 500 items from each, trained once",
                        "ials: d=64, α₀=0.01, λ=0.005, ν=1.0, 10 sweeps, then 1, trained once");
    }

    @ParameterizedTest
    @CsvSource({"0, half-life 30 min", "3, half-life 6 h", "6, half-life 10 d", "8, all time"})
    void halfLivesAreReportedInTheirLargestUnit(int best, String settings) {
        List<Baseline> tried = new ArrayList<>();
        SettingsChoice choice =
                new SettingsChoice(
                        variant -> {
                            tried.add(variant);
                            return new Result(tried.size() == best + 1 ? 1 : 0, 0);
                        },
                        "on a part");

        assertThat(Baselines.ofStream(false, ITEMS, choice, 1).getFirst().settings())
                .isEqualTo(settings + "; best of 9 on a part");
    }

    @Test
    void nineBaselinesTakePartInATestAndReportTheirSettings() {
        List<Baselines.Chosen> baselines = onStream(true);
        assertThat(baselines)
                .extracting(Baselines.Chosen::name)
                .containsExactly(
                        "popularity recency item-knn vs-knn stan vstan rp3beta ease ials"
                                .split(" ", -1));
        assertThat(baselines)
                .filteredOn(baseline -> !baseline.name().equals("recency"))
                .allSatisfy(baseline -> assertThat(baseline.settings()).endsWith("on a part"));
    }

    @Test
    void whatAFrozenBaselineObservesMovesThePersonAlone() {
        for (Baselines.Chosen chosen : onStream(true)) {
            Baseline baseline = chosen.baseline();
            replay(baseline);
            baseline.startTest();
            float[] before = Toys.scores(baseline, request(7), ITEMS);
            float[] own = Toys.scores(baseline, request(6), ITEMS);
            for (int item = 1; item < 12; item += 2) {
                baseline.observe(
                        new FirstInteraction(
                                6, item, STREAM.getLast().type(), request(6).at(), -1, true));
            }
            assertThat(Toys.scores(baseline, request(7), ITEMS))
                    .as(chosen.name())
                    .isEqualTo(before);
            switch (chosen.name()) {
                case "popularity", "recency" ->
                        assertThat(Toys.scores(baseline, request(6), ITEMS)).isEqualTo(own);
                default ->
                        assertThat(Toys.scores(baseline, request(6), ITEMS))
                                .as(chosen.name())
                                .isNotEqualTo(own);
            }
        }
    }

    @Test
    void personalisedBaselinesDistinguishTheGroups() {
        for (Baselines.Chosen chosen : onStream(false)) {
            Baseline baseline = chosen.baseline();
            replay(baseline);
            float[] even = Toys.scores(baseline, request(0), ITEMS);
            float[] odd = Toys.scores(baseline, request(1), ITEMS);
            double lead = sum(even, 0) - sum(even, 1) + sum(odd, 1) - sum(odd, 0);
            switch (chosen.name()) {
                case "popularity", "recency" -> assertThat(lead).isZero();
                default -> assertThat(lead).as(chosen.name()).isPositive();
            }
        }
    }

    @Test
    void aSecondReplayGivesIdenticalScores() {
        List<float[]> once = replayAll();
        List<float[]> again = replayAll();
        for (int i = 0; i < once.size(); i++) {
            assertThat(Arrays.equals(again.get(i), once.get(i))).as("scores %d", i).isTrue();
        }
    }

    @Test
    void everyScoreIsFiniteFromTheFirstEventOn() {
        List<Baselines.Chosen> all = new ArrayList<>(onStream(false));
        all.addAll(Baselines.ofSplit(ITEMS, 1));
        for (Baselines.Chosen chosen : all) {
            chosen.baseline().learn(STREAM.getFirst());
            for (float score : Toys.scores(chosen.baseline(), request(3), ITEMS)) {
                assertThat(score).as(chosen.name()).isFinite();
            }
        }
    }

    private static List<float[]> replayAll() {
        List<float[]> scores = new ArrayList<>();
        for (Baselines.Chosen chosen : onStream(false)) {
            replay(chosen.baseline());
            scores.add(Toys.scores(chosen.baseline(), request(5), ITEMS));
        }
        return scores;
    }

    private static void replay(Baseline baseline) {
        STREAM.forEach(baseline::learn);
    }

    /** Returns a request after the last event. */
    private static FirstInteraction request(int person) {
        FirstInteraction last = STREAM.getLast();
        return new FirstInteraction(person, 0, last.type(), last.at().plusSeconds(60), -1, true);
    }

    private static double sum(float[] scores, int group) {
        double sum = 0;
        for (int item = group; item < scores.length; item += 2) {
            sum += scores[item];
        }
        return sum;
    }
}
