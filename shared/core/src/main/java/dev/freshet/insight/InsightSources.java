package dev.freshet.insight;

import dev.freshet.features.Quarantine.QuarantineReasons;
import dev.freshet.insight.Flow.Measurements;
import dev.freshet.insight.OutcomeReport.CountingRules;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.popularity.Trends;
import dev.freshet.model.sums.OutcomeHistory;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the answers about a stack are made from.
 *
 * @param models returns the newest model
 * @param modelStatus returns whether newer versions of it can be read
 * @param measurements of the flows
 * @param outcomes of past days
 * @param counting the rules by which outcomes count
 * @param trends the rows that the trainer wrote
 * @param quarantine returns what is in quarantine by reason; empty while it cannot be counted
 */
public record InsightSources(
        Supplier<Versioned> models,
        Supplier<Replica.Status> modelStatus,
        Measurements measurements,
        OutcomeHistory outcomes,
        CountingRules counting,
        Trends trends,
        Function<Instant, Optional<QuarantineReasons.Counts>> quarantine) {}
