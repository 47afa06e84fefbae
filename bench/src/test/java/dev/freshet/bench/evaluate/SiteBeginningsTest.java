package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.evaluate.Bootstrap.Interval;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.StartingWeights;
import dev.freshet.ranking.Strategy.StackingStrategy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteBeginningsTest {
    private static final StartingWeights STATED = StartingWeights.stated(SignalFamilies.SIGNALS);

    /** Twenty people, of whom each views five of twelve items. */
    private static SiteBeginnings site() {
        String[] views = new String[100];
        Arrays.setAll(views, at -> "p%d:i%d".formatted(at % 20, (at % 20 + at / 20 * 5) % 12));
        return SiteBeginnings.of("toy", Toy.views(views), 1);
    }

    @Test
    void aStreamThatIsTooShortBeginsOnce() {
        assertThat(site().beginnings()).singleElement().extracting(Trace::people).isEqualTo(20);
    }

    @Test
    void choicesHaveTheChosenItemFirstAndStandForAllOthers() {
        List<PriorChoices.Choice> choices = PriorChoices.of(site(), ReplaySettings.DEFAULT, 1);

        assertThat(choices).isNotEmpty();
        for (PriorChoices.Choice choice : choices) {
            assertThat(choice.signals()).hasSameSizeAs(choice.importance());
            assertThat(Arrays.stream(choice.importance()).sum()).isBetween(2.0, 12.0);
            assertThat(choice.weight()).isPositive().isLessThanOrEqualTo(1);
        }
        assertThat(choices.getLast().weight()).isLessThan(choices.getFirst().weight());
    }

    @Test
    void equalWeightsHaveEqualFigures() {
        List<YoungComparison.Row> rows =
                YoungComparison.of(
                        site(), ReplaySettings.DEFAULT, new StackingStrategy(), STATED, STATED, 1);

        assertThat(rows).extracting(YoungComparison.Row::events).containsExactly(200, 1_000, 5_000);
        for (YoungComparison.Row row : rows) {
            assertThat(row.moments()).isPositive();
            assertThat(row.recallLead().by()).isZero();
            assertThat(row.mrrLead().interval()).isEqualTo(new Interval(0, 0));
        }
    }

    @Test
    void otherWeightsHaveOtherFigures() {
        StartingWeights reverse =
                StartingWeights.read(
                        SignalFamilies.SIGNALS, List.of("log-idle 9 9 9", "log-age 9 9 9"));
        List<YoungComparison.Row> rows =
                YoungComparison.of(
                        site(), ReplaySettings.DEFAULT, new StackingStrategy(), STATED, reverse, 1);

        assertThat(rows.getFirst().mrrLead().by()).isNotZero();
    }
}
