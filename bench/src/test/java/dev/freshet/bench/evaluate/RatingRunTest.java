package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bench.evaluate.Method.Entrant;
import dev.freshet.bench.evaluate.Moments.Slices;
import dev.freshet.bench.evaluate.Scoreboard.Column;
import dev.freshet.bench.evaluate.Trace.Step;
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
        RatingRun.Biases baseline = new RatingRun.Biases();
        List<Step> steps = Toy.csv(LINES, new Ties.OfFile()).steps();

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
        Moments moments = Moments.of(Plan.stream(Toy.csv(LINES, new Ties.OfFile()), true, 1));
        Scoreboard board = new Scoreboard(new Entrant("x", Method.Kind.BASELINE, false), moments);
        board.put(Column.ERROR, 0, -1);
        board.put(Column.ERROR, 2, 3);

        assertThat(RatingRun.MAE.of(board)).isEqualTo(4 / 3.0, within(1e-12));
        assertThat(RatingRun.RMSE.of(board)).isEqualTo(Math.sqrt(10 / 3.0), within(1e-12));
        assertThat(Slices.overStream().of(RatingRun.RMSE, board)).hasSize(20).startsWith(1.0);
    }

    @Test
    void theReportContainsBothOrdersOfTiesAndTheBaseline() {
        Trace ordered = Toy.csv(LINES, new Ties.OfFile());
        Trace shuffled = Toy.csv(LINES, new Ties.Shuffled(1));
        Report report =
                new RatingRun("csv", ordered, shuffled, 1)
                        .run(ReplaySettings.UNLIMITED, done -> {});

        assertThat(report.entries().getFirst().entry().figures())
                .containsKeys("rmse", "mae", "shuffledRmse", "shuffledMae");
        assertThat(report.entries().getFirst().entry().figures().get("mae")).isBetween(0.5, 3.0);
        assertThat(report.entries().stream().map(one -> one.entry().name()))
                .containsExactly("ratings", "bias-baseline");
        assertThat(report.text()).contains("RMSE", "MAE", "River");
    }
}
