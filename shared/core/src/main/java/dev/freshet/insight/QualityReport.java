package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.freshet.features.Quarantine.QuarantineReasons;
import dev.freshet.insight.Flow.Count;
import dev.freshet.model.Model;
import dev.freshet.model.sums.OutcomeDay;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How good what arrives is. What is not measured is null.
 *
 * @param asOf the latest event time that the model has learned
 * @param source who measured; {@code none} where nobody does
 * @param clicks on lists, since yesterday
 * @param clicksWithoutImpression those whose list was not reported as seen
 * @param impressions lists reported as seen, since yesterday
 * @param impressionsWithoutToken those of a list that Freshet did not make, or whose token is gone
 * @param quarantine the records in quarantine by reason; null where they cannot be counted
 * @param quarantineComplete whether all of them are counted
 * @param arrivals what is measured of the flow
 */
public record QualityReport(
        Instant asOf,
        String source,
        long clicks,
        long clicksWithoutImpression,
        long impressions,
        long impressionsWithoutToken,
        @Nullable List<QuarantineReasons.Count> quarantine,
        @Nullable Boolean quarantineComplete,
        @JsonUnwrapped @Nullable Arrivals arrivals) {
    /** Returns the report for now. */
    public static QualityReport of(InsightSources sources, Instant now) {
        Model model = sources.models().get().model();
        long yesterday = LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay() - 1;
        OutcomeSums sums = OutcomeSums.NONE;
        long withoutToken = 0;
        for (OutcomeDay day : model.outcomes().days()) {
            if (day.day() >= yesterday) {
                withoutToken += day.unattributed().get(OutcomeCount.LISTS);
                sums = sums.plus(day.ofPlacements());
            }
        }
        Optional<QuarantineReasons.Counts> counts = sources.quarantine().apply(now);
        Optional<Flow> flow = sources.measurements().flow(now);
        long unseen = sums.get(OutcomeCount.UNSEEN_CLICKS);
        return new QualityReport(
                model.clock(),
                flow.map(of -> of.source().wireName()).orElse("none"),
                sums.get(OutcomeCount.CLICKS) + unseen,
                unseen,
                sums.get(OutcomeCount.LISTS) + withoutToken,
                withoutToken,
                counts.map(QuarantineReasons.Counts::counts).orElse(null),
                counts.map(QuarantineReasons.Counts::complete).orElse(null),
                flow.map(Arrivals::of).orElse(null));
    }

    /**
     * What arrived in the last hour.
     *
     * @param consent the share of events that is processed for each purpose; null without events
     * @param refusals refused events by code, most first
     */
    public record Arrivals(
            long accepted,
            long refused,
            long quarantined,
            long duplicates,
            Flow.@Nullable ClockSkew clockSkew,
            @Nullable List<Consent> consent,
            @Nullable List<Refusal> refusals) {
        static Arrivals of(Flow flow) {
            Flow.Minute total = flow.total();
            long accepted = total.get(Count.ACCEPTED);
            return new Arrivals(
                    accepted,
                    total.get(Count.REFUSED),
                    total.get(Count.QUARANTINED),
                    total.get(Count.DUPLICATES),
                    flow.clockSkew(),
                    accepted > 0
                            ? List.of(
                                    Consent.of(
                                            "personalisation",
                                            total.get(Count.WITHOUT_PERSONALISATION),
                                            accepted),
                                    Consent.of(
                                            "analytics",
                                            total.get(Count.WITHOUT_ANALYTICS),
                                            accepted))
                            : null,
                    flow.refusals() == null ? null : byCount(flow.refusals()));
        }
    }

    /** The share of events that is processed for a purpose, 0 to 1 with four decimals. */
    public record Consent(String purpose, double share) {
        private static final double PARTS = 10_000;

        /**
         * Refusals are counted when events are processed, seconds after these were accepted, so
         * that they may be more for a moment.
         */
        private static Consent of(String purpose, long refused, long accepted) {
            double share = 1 - Math.min(1, (double) refused / accepted);
            return new Consent(purpose, Math.round(share * PARTS) / PARTS);
        }
    }

    /** The events refused with a code. */
    public record Refusal(String code, long count) {}

    /** Returns refusals, the most frequent code first. */
    static List<Refusal> byCount(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(one -> new Refusal(one.getKey(), one.getValue()))
                .toList();
    }
}
