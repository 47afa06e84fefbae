package dev.freshet.insight;

import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.outcome.OutcomeCount;
import dev.freshet.model.outcome.OutcomeDay;
import dev.freshet.model.outcome.OutcomeSums;
import dev.freshet.quarantine.QuarantineReasons;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers how good what arrives is, from the model in memory, what is measured of the flows and the
 * names of what is in quarantine.
 */
public final class QualityInsights {
    /** The age at which the quarantine is counted again. */
    static final Duration QUARANTINE_AGE = Duration.ofMinutes(1);

    private final Supplier<Versioned> model;
    private final Measurements measurements;
    private final CachedValue<QuarantineReasons.Counts> quarantine;

    /**
     * Creates the answers over the model.
     *
     * @param model returns the newest model
     * @param quarantine asked at most once a minute
     * @param failures receives each failed read of the quarantine
     */
    public QualityInsights(
            Supplier<Versioned> model,
            Measurements measurements,
            QuarantineReasons quarantine,
            Consumer<StoreUnavailableException> failures) {
        this.model = model;
        this.measurements = measurements;
        this.quarantine =
                new CachedValue<>(_ -> Optional.of(quarantine.count()), QUARANTINE_AGE, failures);
    }

    /** Answers the question. */
    public QualityReport answer(Instant now) {
        Versioned newest = model.get();
        long yesterday = LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay() - 1;
        OutcomeSums sums = OutcomeSums.NONE;
        long withoutToken = 0;
        for (OutcomeDay day : newest.model().outcomes().days()) {
            if (day.day() >= yesterday) {
                withoutToken += day.unattributed().get(OutcomeCount.LISTS);
                sums = sums.plus(day.ofPlacements());
            }
        }
        Optional<QuarantineReasons.Counts> counts = quarantine.get(now);
        Optional<Flow> flow = measurements.flow(now);
        long unseen = sums.get(OutcomeCount.UNSEEN_CLICKS);
        return new QualityReport(
                newest.model().clock(),
                flow.map(of -> of.source().wireName()).orElse("none"),
                sums.get(OutcomeCount.CLICKS) + unseen,
                unseen,
                sums.get(OutcomeCount.LISTS) + withoutToken,
                withoutToken,
                counts.map(QuarantineReasons.Counts::counts).orElse(null),
                counts.map(QuarantineReasons.Counts::complete).orElse(null),
                flow.map(QualityReport.Arrivals::of).orElse(null));
    }
}
