package dev.freshet.insight;

import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.outcome.OutcomeCount;
import dev.freshet.model.outcome.OutcomeDay;
import dev.freshet.model.outcome.OutcomeSums;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** Answers how good what arrives is, from the model in memory and what is measured of the flows. */
public final class QualityInsights {
    private final Supplier<Versioned> model;
    private final Measurements measurements;

    /**
     * Creates the answers over the model.
     *
     * @param model returns the newest model
     */
    public QualityInsights(Supplier<Versioned> model, Measurements measurements) {
        this.model = model;
        this.measurements = measurements;
    }

    /** Answers the question. */
    public QualityReport answer(Instant now) {
        Versioned newest = model.get();
        long yesterday = LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay() - 1;
        long clicks = 0;
        long unseen = 0;
        for (OutcomeDay day : newest.model().outcomes().days()) {
            if (day.day() >= yesterday) {
                for (var pair : day.pairs().entrySet()) {
                    if (pair.getKey().isOfPlacement()) {
                        OutcomeSums sums = pair.getValue();
                        clicks += sums.get(OutcomeCount.CLICKS);
                        unseen += sums.get(OutcomeCount.UNSEEN_CLICKS);
                    }
                }
            }
        }
        return new QualityReport(
                newest.model().clock(), clicks + unseen, unseen, measurements.flow(now));
    }
}
