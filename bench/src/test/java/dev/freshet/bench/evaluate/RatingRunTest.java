package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bench.evaluate.TraceReader.Ties;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatingRunTest {
    private static final String LINES =
            """
            ann,a,rating,4,1700000000
            ann,b,rating,2,1700000060
            bob,a,rating,5,1700000120
            """;

    @Test
    void predictionsOfTheBaselineEqualThoseComputedByHand() {
        BiasBaseline baseline = new BiasBaseline();
        List<ReplayStep> steps = Toy.csv(LINES, new Ties.OfFile()).steps();

        // Nothing is known: 0, clipped to the scale.
        assertThat(baseline.predict(steps.get(0))).isEqualTo(1);
        baseline.learn(steps.get(0));
        // The mean is 4, and the biases are unchanged since the prediction equals the rating.
        assertThat(baseline.predict(steps.get(1))).isEqualTo(4);
        baseline.learn(steps.get(1));
        // Mean 3; ann's and b's biases changed by −.025 · 2 · (3 − 2) = −.05.
        assertThat(baseline.predict(steps.get(1))).isEqualTo(2.9, within(1e-12));
        assertThat(baseline.predict(steps.get(2))).isEqualTo(3, within(1e-12));
    }

    @Test
    void errorsAreSummedOverRatings() {
        RatingBoard scores = new RatingBoard("x", Scoreboard.Kind.BASELINE, 2);
        scores.put(0, 0.0, 3, 4);
        scores.put(0, 0.5, 3, 3);
        scores.put(1, 0.99, 5, 2);

        assertThat(scores.mae()).isEqualTo(4 / 3.0, within(1e-12));
        assertThat(scores.rmse()).isEqualTo(Math.sqrt(10 / 3.0), within(1e-12));
        assertThat(scores.entry().row(RatingBoard.OVER_STREAM)).hasSize(20).startsWith(1.0);
    }

    @Test
    void theReportContainsBothOrdersOfTiesAndTheBaseline() {
        Trace ordered = Toy.csv(LINES, new Ties.OfFile());
        Trace shuffled = Toy.csv(LINES, new Ties.Shuffled(1));
        Report report =
                new RatingRun("csv", ordered, shuffled, 1)
                        .run(ReplaySettings.UNLIMITED, done -> {});

        assertThat(report.leading().figures())
                .containsKeys("rmse", "mae", "shuffledRmse", "shuffledMae");
        assertThat(report.leading().figures().get("mae")).isBetween(0.5, 3.0);
        assertThat(report.entries().stream().map(Entry::name))
                .containsExactly("ratings", "bias-baseline");
        assertThat(ReportText.of(report)).contains("RMSE", "MAE", "River");
    }
}
