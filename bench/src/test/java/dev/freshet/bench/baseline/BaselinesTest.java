package dev.freshet.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.baseline.SettingsChoice.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    private static final int ITEMS = 40;
    private static final List<FirstInteraction> STREAM = Toys.twoGroups(60, ITEMS, 1_500, 17);

    private static List<Baselines.Chosen> onStream(boolean test) {
        SettingsChoice first = new SettingsChoice(baseline -> new Result(0, 0), "on a part");
        return Baselines.ofStream(test, ITEMS, first, 1);
    }

    private static List<Baseline> untrained(List<Baselines.Chosen> chosen) {
        return chosen.stream().map(Baselines.Chosen::baseline).toList();
    }

    @Test
    void sevenBaselinesTakePartOnAStreamAndReportTheirSettings() {
        List<Baselines.Chosen> baselines = onStream(false);
        assertThat(baselines)
                .extracting(chosen -> chosen.baseline().name())
                .containsExactly(
                        "popularity", "recency", "item-knn", "vs-knn", "stan", "vstan", "ials");
        assertThat(baselines)
                .allSatisfy(baseline -> assertThat(baseline.settings()).isNotBlank())
                .filteredOn(baseline -> !baseline.baseline().name().equals("recency"))
                .allSatisfy(baseline -> assertThat(baseline.settings()).contains("on a part"));
    }

    @Test
    void fourBaselinesTakePartOnASplit() {
        assertThat(Baselines.ofSplit(ITEMS, 1))
                .extracting(chosen -> chosen.baseline().name())
                .containsExactly("popularity", "item-knn", "rp3beta", "ials");
    }

    @Test
    void nineBaselinesTakePartInATestAndReportTheirSettings() {
        List<Baselines.Chosen> baselines = onStream(true);
        assertThat(baselines)
                .extracting(chosen -> chosen.baseline().name())
                .containsExactly(
                        "popularity",
                        "recency",
                        "item-knn",
                        "vs-knn",
                        "stan",
                        "vstan",
                        "rp3beta",
                        "ease",
                        "ials");
        assertThat(baselines)
                .filteredOn(baseline -> !baseline.baseline().name().equals("recency"))
                .allSatisfy(baseline -> assertThat(baseline.settings()).endsWith("on a part"));
    }

    @Test
    void whatAFrozenBaselineObservesMovesThePersonAlone() {
        for (Baseline baseline : untrained(onStream(true))) {
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
                    .as(baseline.name())
                    .isEqualTo(before);
            switch (baseline.name()) {
                case "popularity", "recency" ->
                        assertThat(Toys.scores(baseline, request(6), ITEMS)).isEqualTo(own);
                default ->
                        assertThat(Toys.scores(baseline, request(6), ITEMS))
                                .as(baseline.name())
                                .isNotEqualTo(own);
            }
        }
    }

    @Test
    void personalisedBaselinesDistinguishTheGroups() {
        for (Baseline baseline : untrained(onStream(false))) {
            replay(baseline);
            float[] even = Toys.scores(baseline, request(0), ITEMS);
            float[] odd = Toys.scores(baseline, request(1), ITEMS);
            double lead = sum(even, 0) - sum(even, 1) + sum(odd, 1) - sum(odd, 0);
            switch (baseline.name()) {
                case "popularity", "recency" -> assertThat(lead).isZero();
                default -> assertThat(lead).as(baseline.name()).isPositive();
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
        List<Baseline> baselines = new ArrayList<>(untrained(onStream(false)));
        baselines.addAll(untrained(Baselines.ofSplit(ITEMS, 1)));
        for (Baseline baseline : baselines) {
            baseline.learn(STREAM.getFirst());
            for (float score : Toys.scores(baseline, request(3), ITEMS)) {
                assertThat(score).as(baseline.name()).isFinite();
            }
        }
    }

    private static List<float[]> replayAll() {
        List<float[]> scores = new ArrayList<>();
        for (Baseline baseline : untrained(onStream(false))) {
            replay(baseline);
            scores.add(Toys.scores(baseline, request(5), ITEMS));
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
