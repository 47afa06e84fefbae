package dev.freshet.insight;

import java.time.Instant;
import java.util.Optional;

/**
 * How good what arrives is.
 *
 * @param asOf the latest event time that the model has learned
 * @param clicks on lists, since yesterday
 * @param clicksWithoutImpression those whose list was not reported as seen
 * @param flow what is measured, where something is
 */
public record QualityReport(
        Instant asOf, long clicks, long clicksWithoutImpression, Optional<Flow> flow) {}
