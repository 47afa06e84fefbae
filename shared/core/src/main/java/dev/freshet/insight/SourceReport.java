package dev.freshet.insight;

import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.signal.SourceWeight;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What each source of candidates is worth.
 *
 * @param modelVersion the version of the model that answered
 * @param asOf the latest event time that the model has learned
 * @param situations at present, by the length of a user's history
 * @param history at the end of past hours, oldest first
 */
public record SourceReport(
        long modelVersion, Instant asOf, List<Situation> situations, List<Hour> history) {
    /**
     * The sources for one class of users.
     *
     * @param sources largest weight first
     */
    public record Situation(HistoryLength length, List<SourceWeight> sources) {
        public Situation {
            sources = List.copyOf(sources);
        }
    }

    /**
     * The weights at the end of an hour.
     *
     * @param at the begin of the hour
     * @param weights by the name of the source, 0 to 1
     */
    public record Hour(Instant at, HistoryLength length, Map<String, Double> weights) {
        public Hour {
            weights = Map.copyOf(weights);
        }
    }

    public SourceReport {
        situations = List.copyOf(situations);
        history = List.copyOf(history);
    }
}
