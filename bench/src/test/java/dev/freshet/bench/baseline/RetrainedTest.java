package dev.freshet.bench.baseline;

import static dev.freshet.bench.baseline.Toys.interaction;
import static dev.freshet.bench.baseline.Toys.scores;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetrainedTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final Recording method = new Recording();

    /**
     * Method that scores with the length of the history, and records how many items each training
     * had.
     */
    private static final class Recording implements Retrained.Batch {
        private final List<Integer> trainings = new ArrayList<>();

        @Override
        public void train(Histories people, int items) {
            trainings.add(items);
        }

        @Override
        public void score(int[] history, float[] scores) {
            Arrays.fill(scores, history.length);
        }
    }

    @Test
    void itIsTrainedOnTheDaysBeforeAndDaysWithoutEventsCostNothing() {
        Retrained daily = new Retrained(method, Retrained.Schedule.DAILY);
        daily.learn(interaction(0, 0));
        daily.learn(interaction(0, 1, Duration.ofHours(3)));
        assertThat(scores(daily, interaction(0, 2, Duration.ofHours(4)), 2)).containsOnly(0);
        assertThat(method.trainings).isEmpty();
        assertThat(scores(daily, interaction(0, 2, DAY), 2)).containsOnly(2);
        daily.learn(interaction(0, 2, DAY));
        assertThat(method.trainings).containsExactly(2);
        daily.learn(interaction(1, 3, DAY.multipliedBy(40)));
        daily.learn(interaction(1, 4, DAY.multipliedBy(40)));
        assertThat(method.trainings).containsExactly(2, 3);
    }

    @Test
    void aDayOnWhichNothingWasLearnedIsNotTrainedAgain() {
        Retrained daily = new Retrained(method, Retrained.Schedule.DAILY);
        daily.learn(interaction(0, 0));
        scores(daily, interaction(0, 2, DAY), 1);
        scores(daily, interaction(0, 2, DAY.multipliedBy(2)), 1);
        assertThat(method.trainings).containsExactly(1);
    }

    @Test
    void forASplitItIsTrainedOnceWhenAsked() {
        Retrained once = new Retrained(method, Retrained.Schedule.WHEN_ASKED);
        for (int item = 0; item < 9; item++) {
            once.learn(interaction(0, item, DAY.multipliedBy(item)));
        }
        scores(once, interaction(0, 0, DAY.multipliedBy(10)), 9);
        scores(once, interaction(1, 0, DAY.multipliedBy(11)), 9);
        assertThat(method.trainings).containsExactly(9);
    }
}
