package dev.freshet.insight;

import dev.freshet.quarantine.QuarantineReasons;
import java.time.Instant;
import java.util.Optional;

/**
 * How good what arrives is.
 *
 * @param asOf the latest event time that the model has learned
 * @param clicks on lists, since yesterday
 * @param clicksWithoutImpression those whose list was not reported as seen
 * @param impressions lists reported as seen, since yesterday
 * @param impressionsWithoutToken those of a list that Freshet did not make, or whose token is gone
 * @param quarantine the records in quarantine by reason; empty where they cannot be counted
 * @param flow what is measured, where something is
 */
public record QualityReport(
        Instant asOf,
        long clicks,
        long clicksWithoutImpression,
        long impressions,
        long impressionsWithoutToken,
        Optional<QuarantineReasons.Counts> quarantine,
        Optional<Flow> flow) {}
