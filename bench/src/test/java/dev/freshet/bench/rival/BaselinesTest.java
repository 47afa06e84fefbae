package dev.freshet.bench.rival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    private static final int ITEMS = 40;
    private static final List<FirstInteraction> STREAM = Toys.twoTastes(60, ITEMS, 1_500, 17);

    @Test
    void fiveTakePartOnAStreamAndSayHowTheyAreSet() {
        List<Baseline> rivals = new Baselines().ofStream(STREAM, 1);
        assertThat(rivals)
                .extracting(Baseline::name)
                .containsExactly("popularity", "recency", "item-knn", "vs-knn", "ials");
        assertThat(rivals)
                .allSatisfy(rival -> assertThat(rival.settings()).isNotBlank())
                .filteredOn(rival -> !rival.name().equals("recency"))
                .allSatisfy(rival -> assertThat(rival.settings()).contains("on the first 30 %"));
    }

    @Test
    void threeTakePartOnASplit() {
        assertThat(new Baselines().ofSplit(ITEMS, 1))
                .extracting(Baseline::name)
                .containsExactly("popularity", "item-knn", "ials");
    }

    @Test
    void thoseThatKnowThePersonReportThePreferencesApart() {
        for (Baseline rival : new Baselines().ofStream(STREAM, 1)) {
            replay(rival);
            float[] even = Toys.scores(rival, asked(0), ITEMS);
            float[] odd = Toys.scores(rival, asked(1), ITEMS);
            double lead = sum(even, 0) - sum(even, 1) + sum(odd, 1) - sum(odd, 0);
            switch (rival.name()) {
                case "popularity", "recency" -> assertThat(lead).isZero();
                default -> assertThat(lead).as(rival.name()).isPositive();
            }
        }
    }

    @Test
    void aSecondReplayScoresTheSameToTheLastBit() {
        List<float[]> once = replayAll();
        List<float[]> again = replayAll();
        for (int i = 0; i < once.size(); i++) {
            assertThat(Arrays.equals(again.get(i), once.get(i))).as("scores %d", i).isTrue();
        }
    }

    @Test
    void everyScoreIsFiniteFromTheFirstEventOn() {
        List<Baseline> rivals = new ArrayList<>(new Baselines().ofStream(STREAM, 1));
        rivals.addAll(new Baselines().ofSplit(ITEMS, 1));
        for (Baseline rival : rivals) {
            rival.learn(STREAM.getFirst());
            for (float score : Toys.scores(rival, asked(3), ITEMS)) {
                assertThat(score).as(rival.name()).isFinite();
            }
        }
    }

    private static List<float[]> replayAll() {
        List<float[]> scores = new ArrayList<>();
        for (Baseline rival : new Baselines().ofStream(STREAM, 1)) {
            replay(rival);
            scores.add(Toys.scores(rival, asked(5), ITEMS));
        }
        return scores;
    }

    private static void replay(Baseline rival) {
        STREAM.forEach(rival::learn);
    }

    /** After the last event. */
    private static FirstInteraction asked(int person) {
        FirstInteraction last = STREAM.getLast();
        return new FirstInteraction(person, 0, last.type(), 1, last.at().plusSeconds(60), -1, true);
    }

    private static double sum(float[] scores, int taste) {
        double sum = 0;
        for (int item = taste; item < scores.length; item += 2) {
            sum += scores[item];
        }
        return sum;
    }
}
