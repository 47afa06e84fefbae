package dev.freshet.insight;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.model.Model;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.vectors.TasteWorld;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SegmentReportTest {
    private static final int K = 4;

    private static SegmentReport of(Model model) {
        return SegmentReport.of(new Versioned(model, 7, Instant.EPOCH));
    }

    @Test
    void theLargestSegmentsComeFirstWithSharesOfAllAndPeopleInStepsOfK() {
        TasteWorld world = new TasteWorld(3, 150, 1);
        Model model = Model.empty(Model.EMPTY.settings().withKAnonymity(K));
        model = learned(model, world.catalogue());
        for (int day = 0; day < 2; day++) {
            model = learned(model, world.day(day, 1_200));
        }
        SegmentReport report = of(model);

        assertThat(report.drawn()).isNotNull();
        assertThat(report.people() % K).isZero();
        assertThat(report.segments()).hasSize(3);
        assertThat(report.segments().stream().mapToDouble(SegmentReport.Row::share).sum())
                .isCloseTo(1, within(0.02));
        for (int at = 0; at < report.segments().size(); at++) {
            SegmentReport.Row row = report.segments().get(at);
            assertThat(row.id()).matches("s[1-9]\\d*");
            assertThat(row.people() % K).isZero();
            assertThat(row.tags())
                    .isNotEmpty()
                    .allMatch(tag -> tag.people() % K == 0 && tag.people() <= row.people())
                    .allMatch(tag -> tag.lift() >= 1.2);
            assertThat(row.name()).startsWith(row.tags().getFirst().tag());
            assertThat(row.share())
                    .isLessThanOrEqualTo(report.segments().get(Math.max(0, at - 1)).share());
        }
    }

    @Test
    void aModelWithoutADrawingHasNoSegments() {
        SegmentReport report = of(Model.EMPTY);

        assertThat(report.drawn()).isNull();
        assertThat(report.people()).isZero();
        assertThat(report.segments()).isEmpty();
    }
}
