package dev.freshet.bench.baseline;

import static dev.freshet.bench.baseline.Toys.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImplicitAlsTest {
    private static final List<FirstInteraction> STREAM = Toys.twoGroups(40, 20, 600, 11);

    @Test
    void onePersonAndOneItemConvergeToTheMinimumOfTheLoss() {
        ImplicitAls als = new ImplicitAls(settings(1, 1, 0.1, 200), 1);
        als.train(Toys.people(new int[] {0}), 1);
        // (1 − p)² + p² + 0.1·2·(w² + h²) is least at w = h, p = w·h = 0.4.
        assertThat(scores(als, 1, 0)[0]).isCloseTo(0.4f, within(1e-4f));
    }

    @Test
    void aPersonItWasNotTrainedOnIsFoldedInByPreferences() {
        ImplicitAls als = trained(new ImplicitAls(settings(4, 0.1, 0.01, 16), 1));
        float[] even = scores(als, 20, 0, 4, 8);
        float[] odd = scores(als, 20, 1, 5, 9);
        for (int item = 10; item < 20; item += 2) {
            assertThat(even[item]).as("even item %d", item).isGreaterThan(even[item + 1]);
            assertThat(odd[item]).as("odd item %d", item + 1).isLessThan(odd[item + 1]);
        }
    }

    @Test
    void moreSweepsFitBetterAndAWarmStartGoesOnFromTheLastTraining() {
        double one = misfit(trained(new ImplicitAls(settings(4, 0.1, 0.01, 1), 1)));
        double many = misfit(trained(new ImplicitAls(settings(4, 0.1, 0.01, 16), 1)));
        ImplicitAls warm = new ImplicitAls(settings(4, 0.1, 0.01, 1), 1);
        for (int training = 0; training < 16; training++) {
            trained(warm);
        }
        assertThat(many).isLessThan(one);
        assertThat(misfit(warm)).isEqualTo(many);
    }

    @Test
    void itemsNewSinceTheTrainingRankLast() {
        ImplicitAls als = trained(new ImplicitAls(settings(4, 0.1, 0.01, 4), 1));
        float[] scores = scores(als, 22, 0, 21);
        for (int item = 0; item < 20; item++) {
            assertThat(scores[item]).isGreaterThan(scores[20]).isGreaterThan(scores[21]);
        }
        assertThat(scores[20]).isFinite();
        assertThat(scores).containsExactly(scores(als, 22, 0));
    }

    @Test
    void vanishedVectorsAreInitializedAgain() {
        ImplicitAls als = new ImplicitAls(new ImplicitAls.Settings(2, 0.1, 2, 0, 100, 100), 1);
        Histories people = new Histories();
        people.add(0, 0);
        als.train(people, 1);
        // With one interaction and λ = 2 the loss is least at zero.
        assertThat(scores(als, 1, 0)[0]).isCloseTo(0, within(1e-6f));
        for (int person = 1; person < 40; person++) {
            people.add(person, 0);
        }
        als.train(people, 1);
        // With forty interactions: 40 (1 − p)² + 4 p² + 2 (Σ w² + h²) ≥ 40 (1 − p)² + 4 p² + 4 √40
        // p.
        assertThat(scores(als, 1, 0)[0])
                .isCloseTo((float) ((80 - 4 * Math.sqrt(40)) / 88), within(1e-3f));
    }

    @Test
    void equalSeedsGiveEqualScoresAndOtherSeedsDoNot() {
        ImplicitAls.Settings settings = settings(4, 0.1, 0.01, 4);
        assertThat(scores(trained(new ImplicitAls(settings, 1)), 20, 0))
                .containsExactly(scores(trained(new ImplicitAls(settings, 1)), 20, 0))
                .isNotEqualTo(scores(trained(new ImplicitAls(settings, 2)), 20, 0));
    }

    @Test
    void settingsThatLeaveASystemSingularAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(4, 0.1, 0, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(4, 0, 0.1, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(0, 0.1, 0.1, 4));
    }

    private static ImplicitAls.Settings settings(
            int dimensions, double unobserved, double regularization, int sweeps) {
        return new ImplicitAls.Settings(dimensions, unobserved, regularization, 1, sweeps, 1);
    }

    private static ImplicitAls trained(ImplicitAls als) {
        als.train(people(), 20);
        return als;
    }

    private static Histories people() {
        Histories people = new Histories();
        STREAM.forEach(interaction -> people.add(interaction.person(), interaction.item()));
        return people;
    }

    /** Σ over observed pairs (1 − ŷ)² + α₀ Σ over all pairs ŷ². */
    private static double misfit(ImplicitAls als) {
        Histories people = people();
        float[] scores = new float[20];
        double sum = 0;
        for (int person = 0; person < people.owners(); person++) {
            als.score(people.items(person), scores);
            for (int item = 0; item < 20; item++) {
                double score = scores[item];
                sum += 0.1 * score * score;
                sum += people.holds(person, item) ? (1 - score) * (1 - score) : 0;
            }
        }
        return sum;
    }
}
